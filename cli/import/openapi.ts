import type { Converted, Wanted } from "./crd";
import { definitionSchema, definitionsOf, gvksOf, META, reachableFrom, referencesOf } from "./definitions";
import { manifestSchema } from "./manifest";
import { isJson, type Json, type KindSchema, mapChildren, membersOf, type Schema } from "./schema";

/** Strict schema of the metadata of a manifest, without references. */
export function metadataSchema(document: unknown): Schema {
  const definitions = definitionsOf(document);
  const inline = (schema: Schema): Schema => {
    const name = schema.$ref?.replace("#/definitions/", "");
    return name === undefined ? mapChildren(schema, inline) : inline(definitionSchema(name, definitions[name]));
  };
  return inline(definitionSchema(`${META}.ObjectMeta`, definitions[`${META}.ObjectMeta`]));
}

/** Converts the wanted kinds of the Kubernetes OpenAPI (v2) document. */
export function convertOpenApi(name: string, document: unknown, wanted: readonly Wanted[]): Converted {
  const definitions = definitionsOf(document);
  const roots = wanted.map((want) => ({ want, name: findKind(definitions, want) }));
  const problems = roots.flatMap((root) =>
    root.name === undefined ? [`${name}: no ${describe(root.want)} there${kindsNamed(definitions, root.want)}`] : [],
  );
  const reachable = reachableFrom(
    definitions,
    roots.flatMap((root) => (root.name === undefined ? [] : [root.name])),
  );
  const shortNames = uniqueNames([...reachable.keys()], new Set(wanted.map((want) => want.kind)));
  const rename = (schema: Schema): Schema => {
    const target = schema.$ref?.replace("#/definitions/", "");
    if (target === undefined) return mapChildren(schema, rename);
    return { ...schema, $ref: `#/definitions/${shortNames.get(target) ?? target}` };
  };
  const metadata = metadataSchema(document);
  const kinds = roots.flatMap((root): KindSchema[] => {
    const body = root.name === undefined ? undefined : reachable.get(root.name);
    if (root.name === undefined || body === undefined) return [];
    const own = [...reachableFrom(definitions, referencesOf(withoutMetadata(body)))].map(
      ([full, schema]) => [shortNames.get(full) ?? full, rename(schema)] as const,
    );
    const sorted = own.sort(([a], [b]) => (a < b ? -1 : 1));
    return [
      manifestSchema({
        ...root.want,
        scope: scopeOf(document, root.want),
        body: rename(body),
        metadata,
        ...(sorted.length > 0 ? { definitions: Object.fromEntries(sorted) } : {}),
      }),
    ];
  });
  return { kinds, omissions: [], problems };
}

function describe({ group, version, kind }: Wanted): string {
  return `${group === "" ? "" : `${group}/`}${version} ${kind}`;
}

function findKind(definitions: Json, want: Wanted): string | undefined {
  return Object.keys(definitions).find((name) =>
    gvksOf(definitions[name]).some(
      (gvk) => gvk["group"] === want.group && gvk["version"] === want.version && gvk["kind"] === want.kind,
    ),
  );
}

function kindsNamed(definitions: Json, want: Wanted): string {
  const same = Object.values(definitions)
    .flatMap(gvksOf)
    .filter((gvk) => gvk["kind"] === want.kind || (gvk["group"] === want.group && gvk["version"] === want.version))
    .map((gvk) =>
      describe({ group: String(gvk["group"]), version: String(gvk["version"]), kind: String(gvk["kind"]) }),
    );
  return same.length > 0 ? `; the document has ${[...new Set(same)].join(", ")}` : "";
}

// A kind is namespaced when some path to it goes through a namespace.
function scopeOf(document: unknown, want: Wanted): KindSchema["scope"] {
  const paths = isJson(document) ? membersOf(document["paths"]) : [];
  const isNamespaced = paths.some(([path, item]) => {
    const post = path.includes("/namespaces/{namespace}/") && isJson(item) ? item["post"] : undefined;
    const gvk = isJson(post) ? post["x-kubernetes-group-version-kind"] : undefined;
    return isJson(gvk) && gvk["group"] === want.group && gvk["version"] === want.version && gvk["kind"] === want.kind;
  });
  return isNamespaced ? "Namespaced" : "Cluster";
}

function withoutMetadata(body: Schema): Schema {
  const { metadata: _metadata, ...properties } = body.properties ?? {};
  return { ...body, properties };
}

/** Last part of each full name; the API group in front where two would be the same. Kinds keep their name for themselves. */
function uniqueNames(names: readonly string[], kinds: ReadonlySet<string>): Map<string, string> {
  const short = (name: string) => name.slice(name.lastIndexOf(".") + 1);
  const count = new Map<string, number>();
  for (const name of names) count.set(short(name), (count.get(short(name)) ?? 0) + 1);
  return new Map(
    names.map((name) => {
      if (name === `${META}.ObjectMeta`) return [name, "TemplateMeta"];
      if (kinds.has(short(name))) return [name, `Embedded${short(name)}`];
      const group = name.split(".").at(-3) ?? "";
      const prefix = (count.get(short(name)) ?? 0) > 1 ? group.charAt(0).toUpperCase() + group.slice(1) : "";
      return [name, prefix + short(name)];
    }),
  );
}
