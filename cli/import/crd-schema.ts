import { portablePattern } from "./patterns";
import { isJson, type Json, membersOf, type Omission, type Schema, stringsOf } from "./schema";

/** Tells about a rule that could not be carried over. */
export type Report = (omission: Pick<Omission, "path" | "what" | "reason">) => void;

const COPIED = [
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
  "multipleOf",
] as const;

/**
 * The strict JSON schema of a structural OpenAPI schema, as a CustomResourceDefinition has it. Where the API server would prune an
 * unknown field, the result refuses it.
 */
export function strictSchema(source: Json, report: Report, path = ""): Schema {
  const schema = validations(source, report, path);
  const isOpen = source["x-kubernetes-preserve-unknown-fields"] === true;
  if (source["x-kubernetes-int-or-string"] === true) {
    return withNull(source, { ...withoutJunctors(schema), type: ["integer", "string"] });
  }
  if (typeof source["type"] === "string") schema.type = source["type"];
  if (isJson(source["items"])) schema.items = strictSchema(source["items"], report, `${path}[]`);
  if (source["type"] === "object" || source["properties"] !== undefined) {
    Object.assign(schema, objectPart(source, isOpen, report, path));
  }
  if (typeof source["description"] === "string") schema.description = source["description"];
  // The API server refuses repeated items of a set, although the CRD may not say so by uniqueItems.
  if (source["x-kubernetes-list-type"] === "set") schema.uniqueItems = true;
  return withNull(source, schema);
}

function objectPart(source: Json, isOpen: boolean, report: Report, path: string): Schema {
  const part: Schema = {};
  const properties = membersOf(source["properties"]);
  if (properties.length > 0) {
    part.properties = Object.fromEntries(
      properties.map(([name, child]) => [name, strictSchema(isJson(child) ? child : {}, report, `${path}.${name}`)]),
    );
  }
  const additional = source["additionalProperties"];
  if (isJson(additional)) part.additionalProperties = strictSchema(additional, report, `${path}.*`);
  else part.additionalProperties = isOpen || additional === true;
  if (source["x-kubernetes-embedded-resource"] === true) {
    part.properties = { ...EMBEDDED_RESOURCE, ...part.properties };
  }
  const required = requiredOf(source);
  if (required.length > 0) part.required = required;
  return part;
}

const EMBEDDED_RESOURCE: Record<string, Schema> = {
  apiVersion: { type: "string" },
  kind: { type: "string" },
  metadata: { type: "object", additionalProperties: true },
};

// Defaults are filled in before validation, so a required field with a default may be left out of a manifest.
function requiredOf(source: Json): string[] {
  const properties = isJson(source["properties"]) ? source["properties"] : {};
  return stringsOf(source["required"]).filter((name) => {
    const property = properties[name];
    return !(isJson(property) && property["default"] !== undefined);
  });
}

/** Value rules: inside `anyOf`, `oneOf`, `allOf` and `not` nothing else is allowed, and nothing there makes a field known. */
function validations(source: Json, report: Report, path: string): Schema {
  const schema: Schema = {};
  if (Array.isArray(source["enum"])) schema.enum = [...source["enum"]];
  for (const name of COPIED) {
    const value = source[name];
    if (typeof value === "number" && Number.isSafeInteger(value)) schema[name] = value;
  }
  bounds(source, schema);
  if (typeof source["pattern"] === "string") {
    const result = portablePattern(source["pattern"]);
    if ("pattern" in result) schema.pattern = result.pattern;
    else report({ path, what: `pattern ${source["pattern"]}`, reason: result.reason });
  }
  for (const junctor of ["allOf", "anyOf", "oneOf"] as const) {
    const children = source[junctor];
    if (Array.isArray(children)) {
      schema[junctor] = children.map((child) => junctorSchema(isJson(child) ? child : {}, report, path));
    }
  }
  if (isJson(source["not"])) schema.not = junctorSchema(source["not"], report, path);
  return schema;
}

function junctorSchema(source: Json, report: Report, path: string): Schema {
  const schema = validations(source, report, path);
  if (typeof source["type"] === "string") schema.type = source["type"];
  const properties = membersOf(source["properties"]);
  if (properties.length > 0) {
    schema.properties = Object.fromEntries(
      properties.map(([name, child]) => [name, junctorSchema(isJson(child) ? child : {}, report, `${path}.${name}`)]),
    );
  }
  if (isJson(source["items"])) schema.items = junctorSchema(source["items"], report, `${path}[]`);
  if (isJson(source["additionalProperties"])) {
    schema.additionalProperties = junctorSchema(source["additionalProperties"], report, `${path}.*`);
  }
  const required = stringsOf(source["required"]);
  if (required.length > 0) schema.required = required;
  return schema;
}

// OpenAPI 3.0 says exclusiveMaximum: true beside maximum; draft 7 has the number itself.
function bounds(source: Json, schema: Schema): void {
  const { minimum, maximum } = source;
  if (typeof minimum === "number") {
    schema[source["exclusiveMinimum"] === true ? "exclusiveMinimum" : "minimum"] = minimum;
  }
  if (typeof maximum === "number") {
    schema[source["exclusiveMaximum"] === true ? "exclusiveMaximum" : "maximum"] = maximum;
  }
}

// `anyOf: [{type: integer}, {type: string}]` is how a CRD repeats x-kubernetes-int-or-string.
function withoutJunctors(schema: Schema): Schema {
  const { anyOf, ...rest } = schema;
  const isTypeOnly = anyOf?.every((child) => Object.keys(child).every((key) => key === "type")) ?? true;
  return isTypeOnly ? rest : schema;
}

function withNull(source: Json, schema: Schema): Schema {
  if (source["nullable"] !== true || schema.type === undefined) return schema;
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return { ...schema, type: [...types, "null"], ...(schema.enum ? { enum: [...schema.enum, null] } : {}) };
}
