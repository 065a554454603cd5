import type { KubernetesObject } from "../../../base/object";
import { toYaml } from "../../../base/yaml";
import { type CompareOptions, compareTrees } from "../../../cli/diff/compare";
import type { DiffResult } from "../../../cli/diff/model";
import { memorySource } from "../../../cli/diff/sources/memory";
import { fileNames } from "../../../cli/tree/path";

/** An object of any kind. */
export type AnyObject = KubernetesObject & Readonly<Record<string, unknown>>;

/** Objects by `<cluster>/<component>`. */
export type Tree = Readonly<Record<string, readonly AnyObject[]>>;

export const TODAY = "2026-11-21";

/** The files that a tree renders to. */
export function filesOf(tree: Tree): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([place, objects]) =>
      [...fileNames(objects)].map(([file, object]) => [`${place}/${file}`, toYaml(object)] as const),
    ),
  );
}

/** Compares the files of two trees. */
export function compareFiles(
  before: ReadonlyMap<string, string | Uint8Array>,
  after: ReadonlyMap<string, string | Uint8Array>,
  options: Partial<CompareOptions> = {},
): Promise<DiffResult> {
  return compareTrees(
    memorySource(before, { label: "before", kind: "folder" }),
    memorySource(after, { label: "after", kind: "folder" }),
    { today: TODAY, ...options },
  );
}

/** Compares two trees. */
export function compare(before: Tree, after: Tree, options: Partial<CompareOptions> = {}): Promise<DiffResult> {
  return compareFiles(filesOf(before), filesOf(after), options);
}

/** A Flux Kustomization that applies a component of a cluster. */
export function kustomization(name: string, spec: Readonly<Record<string, unknown>> = {}, cluster = "one"): AnyObject {
  return {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name, namespace: "flux-system" },
    spec: {
      path: `./dist/${cluster}/${name}`,
      prune: true,
      sourceRef: { kind: "GitRepository", name: "fleet" },
      ...spec,
    },
  };
}

/** An object of a kind, in the namespace `team` unless it is said otherwise. */
export function object(
  apiVersion: string,
  kind: string,
  content: object = {},
  name = "it",
  namespace: string | null = "team",
): AnyObject {
  const { metadata = {}, ...rest } = content as { readonly metadata?: object };
  return { apiVersion, kind, metadata: { ...metadata, name, ...(namespace === null ? {} : { namespace }) }, ...rest };
}

/** An object with some members replaced; `undefined` takes one away, lists are replaced whole. */
export function patched<T>(value: T, patch: unknown): T {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch as T;
  const base =
    typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
  const out: Record<string, unknown> = { ...base };
  for (const [key, inner] of Object.entries(patch)) {
    if (inner === undefined) delete out[key];
    else out[key] = patched(base[key], inner);
  }
  return out as T;
}

/** The ids of the rules that a result has findings of, each once, sorted. */
export function rulesIn({ findings }: DiffResult): readonly string[] {
  return [...new Set(findings.map(({ rule }) => rule))].sort();
}
