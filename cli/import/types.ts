import { compile, type JSONSchema } from "json-schema-to-typescript";
import { printed } from "./print";
import { apiVersionOf, type KindSchema, mapChildren, type Schema } from "./schema";

/** How deep below a manifest descriptions are kept. */
const DESCRIBED_DEPTH = 4;

/** Longest description kept. */
const DESCRIPTION_LENGTH = 160;

/** The TypeScript interfaces of the kinds of one file; kinds with definitions share them. */
export async function typesOf(kinds: readonly KindSchema[], header: string): Promise<string> {
  const definitions: Record<string, Schema> = {};
  for (const { schema } of kinds) {
    for (const [name, definition] of Object.entries(schema.definitions ?? {})) {
      definitions[name] = typeSchema(definition, DESCRIBED_DEPTH - 1);
    }
  }
  const roots: Record<string, Schema> = {};
  for (const kind of kinds) roots[typeName(kind, kinds)] = rootSchema(kind);
  const root = {
    description: "Any kind of this file.",
    oneOf: Object.keys(roots).map((name) => ({ $ref: `#/definitions/${name}` })),
    definitions: { ...definitions, ...roots },
  };
  const text = await compile(root as JSONSchema, "Manifest", {
    additionalProperties: false,
    bannerComment: "",
    format: false,
    ignoreMinAndMaxItems: true,
    unknownAny: true,
  });
  return `${header}import type { ObjectMeta } from "../base/object";\n\n${printed(text)}`;
}

/** A kind's own name; with its version where the file has the same kind twice. */
function typeName({ kind, version }: KindSchema, kinds: readonly KindSchema[]): string {
  const isTwice = kinds.filter((other) => other.kind === kind).length > 1;
  return isTwice ? kind + version.charAt(0).toUpperCase() + version.slice(1) : kind;
}

function rootSchema(kind: KindSchema): Schema {
  const { $schema: _$schema, definitions: _definitions, ...schema } = kind.schema;
  const root = typeSchema(schema, DESCRIBED_DEPTH);
  const properties: Record<string, Schema> = {
    ...root.properties,
    apiVersion: { enum: [apiVersionOf(kind)] },
    kind: { enum: [kind.kind] },
    metadata: { tsType: "ObjectMeta" },
  };
  return { ...root, properties };
}

/** Only what a TypeScript type can say. Exclusive members (`oneOf` and the like) are left to the JSON schema. */
export function typeSchema(schema: Schema, depth: number): Schema {
  const description = depth > 0 ? firstSentence(schema.description) : undefined;
  const kept: Schema = description === undefined ? {} : { description };
  if (schema.$ref !== undefined) return { $ref: schema.$ref };
  if (schema.enum) return { ...kept, enum: schema.enum };
  const types = [schema.type ?? []].flat();
  if (types.length === 0 && !schema.properties && !schema.items) return { ...kept, tsType: "unknown" };
  if (types[0] === "object" && !schema.properties && schema.additionalProperties === false) {
    return { ...kept, tsType: ["Record<string, never>", ...(types.includes("null") ? ["null"] : [])].join(" | ") };
  }
  if (schema.type !== undefined) kept.type = schema.type;
  if (schema.properties) kept.properties = schema.properties;
  if (schema.required) kept.required = schema.required;
  if (schema.items) kept.items = schema.items;
  if (schema.additionalProperties !== undefined) kept.additionalProperties = schema.additionalProperties;
  return mapChildren(kept, (child, name) => {
    const isProperty = name in (schema.properties ?? {});
    const { description: _description, ...bare } = child;
    return isProperty ? typeSchema(child, depth - 1) : typeSchema(bare, depth);
  });
}

/** The first sentence of a description, shortened where it is very long; none for an empty one. */
export function firstSentence(description: string | undefined): string | undefined {
  const text = description
    ?.replace(/\s+/g, " ")
    .trim()
    .replace(/^(Optional|Required|REQUIRED)[.:]\s*/, "")
    .replaceAll("*/", "* /");
  if (!text) return undefined;
  const sentence = text.match(/^.*?[^.](?<!\b(?:i\.e|e\.g|etc|vs))\.(?= [A-Z`"'(]|$)/)?.[0] ?? text;
  if (sentence.length <= DESCRIPTION_LENGTH) return sentence;
  return `${sentence.slice(0, sentence.lastIndexOf(" ", DESCRIPTION_LENGTH))} …`;
}
