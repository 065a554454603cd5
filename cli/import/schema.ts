/** The part of JSON schema (draft 7) that the generated schemas use. */
export interface Schema {
  $schema?: string;
  $ref?: string;
  type?: string | string[];
  description?: string;
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  not?: Schema;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minProperties?: number;
  maxProperties?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  definitions?: Record<string, Schema>;
  /** TypeScript's own spelling, only in the schemas that become types. */
  tsType?: string;
}

/** A JSON object whose members are not known yet. */
export type Json = Readonly<Record<string, unknown>>;

/** One kind, ready to become a type and a schema file. */
export interface KindSchema {
  /** API group, empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly scope: "Namespaced" | "Cluster";
  /** Strict schema of a whole manifest of that kind. */
  readonly schema: Schema;
}

/** Something in a source that the schemas leave out, and why. */
export interface Omission {
  readonly kind: string;
  readonly path: string;
  readonly what: string;
  readonly reason: string;
}

/** `group/version`, or only the version for the core group. */
export function apiVersionOf(kind: Pick<KindSchema, "group" | "version">): string {
  return kind.group === "" ? kind.version : `${kind.group}/${kind.version}`;
}

/** Whether a value is an object with members (no array, no null). */
export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The members of a value that should be an object; none otherwise. */
export function membersOf(value: unknown): [string, unknown][] {
  return isJson(value) ? Object.entries(value) : [];
}

/** The strings of a value that should be a list of strings. */
export function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** A schema's sub-schemas replaced one by one; nothing else is touched. */
export function mapChildren(schema: Schema, change: (child: Schema, path: string) => Schema): Schema {
  const result: Schema = { ...schema };
  const mapAll = (schemas: Record<string, Schema>): Record<string, Schema> =>
    Object.fromEntries(Object.entries(schemas).map(([name, child]) => [name, change(child, name)]));
  if (schema.properties) result.properties = mapAll(schema.properties);
  if (schema.definitions) result.definitions = mapAll(schema.definitions);
  if (schema.items) result.items = change(schema.items, "[]");
  if (typeof schema.additionalProperties === "object") {
    result.additionalProperties = change(schema.additionalProperties, "*");
  }
  for (const junctor of ["allOf", "anyOf", "oneOf"] as const) {
    const children = schema[junctor];
    if (children) result[junctor] = children.map((child) => change(child, junctor));
  }
  if (schema.not) result.not = change(schema.not, "not");
  return result;
}
