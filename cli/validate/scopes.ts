import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isJson, type ObjectRef } from "./types";

/** Whether a kind's objects live in namespaces; undefined for a kind that is not known. */
export type Scopes = (object: Pick<ObjectRef, "apiVersion" | "kind">) => "Namespaced" | "Cluster" | undefined;

/** Reads the scopes of all imported kinds from the list of where they came from. */
export function readScopes(imports: string): Scopes {
  const scopes = new Map<string, "Namespaced" | "Cluster">();
  for (const kind of kindsIn(JSON.parse(readFileSync(join(imports, "origins.json"), "utf8")))) {
    const { apiVersion, kind: name, scope } = isJson(kind) ? kind : {};
    if (scope === "Namespaced" || scope === "Cluster") scopes.set(`${apiVersion}/${name}`, scope);
  }
  if (scopes.size === 0) throw new Error(`${join(imports, "origins.json")} lists no kinds. Fix: npm run import`);
  return ({ apiVersion, kind }) => scopes.get(`${apiVersion}/${kind}`);
}

function kindsIn(origins: unknown): readonly unknown[] {
  const sources = isJson(origins) && Array.isArray(origins["sources"]) ? origins["sources"] : [];
  return sources.flatMap((source: unknown): unknown[] =>
    isJson(source) && Array.isArray(source["kinds"]) ? source["kinds"] : [],
  );
}
