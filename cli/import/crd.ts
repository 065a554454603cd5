import { loadAll } from "js-yaml";
import { strictSchema } from "./crd-schema";
import { manifestSchema } from "./manifest";
import { isJson, type Json, type KindSchema, type Omission, type Schema } from "./schema";

/** A kind to take from a source. */
export interface Wanted {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What a file yielded: the kinds found, what their schemas leave out, and every problem. */
export interface Converted {
  readonly kinds: readonly KindSchema[];
  readonly omissions: readonly Omission[];
  readonly problems: readonly string[];
}

/** One served version of a CustomResourceDefinition. */
interface Offered extends Wanted {
  readonly scope: "Namespaced" | "Cluster";
  readonly schema: Json;
}

/** Flattens `{ "cert-manager.io/v1": ["Certificate"] }` into one entry per kind. */
export function wantedKinds(kinds: Readonly<Record<string, readonly string[]>>): Wanted[] {
  return Object.entries(kinds).flatMap(([apiVersion, names]) => {
    const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
    return names.map((kind) => ({ group: group ?? "", version: version ?? "", kind }));
  });
}

/** Converts the wanted kinds of one file of CustomResourceDefinitions. */
export function convertCrds(
  file: { readonly name: string; readonly text: string },
  wanted: readonly Wanted[],
  metadata: Schema,
  renameGroups: Readonly<Record<string, string>> = {},
): Converted {
  const omissions: Omission[] = [];
  const problems: string[] = [];
  const kinds: KindSchema[] = [];
  let offered: Offered[];
  try {
    offered = offeredKinds(file.text, renameGroups);
  } catch (error) {
    return { kinds, omissions, problems: [`${file.name}: not readable as YAML: ${String(error)}`] };
  }
  for (const want of wanted) {
    const found = offered.find((offer) => nameOf(offer) === nameOf(want));
    if (!found) {
      const names = offered.map(nameOf).join(", ");
      problems.push(`${file.name}: no ${nameOf(want)} there; the file has ${names || "no CustomResourceDefinition"}`);
      continue;
    }
    const body = strictSchema(found.schema, (omission) => omissions.push({ kind: nameOf(want), ...omission }));
    kinds.push(manifestSchema({ ...want, scope: found.scope, body, metadata }));
  }
  return { kinds, omissions, problems };
}

function nameOf(kind: Wanted): string {
  return `${kind.group}/${kind.version} ${kind.kind}`;
}

function offeredKinds(text: string, renameGroups: Readonly<Record<string, string>>): Offered[] {
  return loadAll(text).flatMap((document) => {
    if (!isJson(document) || document["kind"] !== "CustomResourceDefinition" || !isJson(document["spec"])) return [];
    const { group, names, scope, versions } = document["spec"];
    if (typeof group !== "string" || !isJson(names) || !Array.isArray(versions)) return [];
    return versions.filter(isJson).flatMap((version): Offered[] => {
      const schema = isJson(version["schema"]) ? version["schema"]["openAPIV3Schema"] : undefined;
      if (version["served"] !== true || !isJson(schema)) return [];
      return [
        {
          group: renameGroups[group] ?? group,
          version: String(version["name"]),
          kind: String(names["kind"]),
          scope: scope === "Cluster" ? "Cluster" : "Namespaced",
          schema,
        },
      ];
    });
  });
}
