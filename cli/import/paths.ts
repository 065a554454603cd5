import type { Source } from "../../imports/sources";
import type { KindSchema } from "./schema";

/** Where a kind's schema goes; kubeconform finds it there by group, kind and version. */
export function schemaFileOf({ group, kind, version }: Pick<KindSchema, "group" | "kind" | "version">): string {
  return `schemas/${group || "core"}/${kind.toLowerCase()}_${version}.json`;
}

/** Where a kind's type goes: Kubernetes' own all in one file, the others by group. */
export function typeFileOf(source: Pick<Source, "from">, { group }: Pick<KindSchema, "group">): string {
  return source.from === "openapi" ? "k8s.ts" : `${group}.ts`;
}
