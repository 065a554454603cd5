import { isJson, type Json, mapChildren, type Schema, stringsOf } from "./schema";

/** Where OpenAPI keeps the metadata types. */
export const META = "io.k8s.apimachinery.pkg.apis.meta.v1";

/** The pattern every CustomResourceDefinition gives a quantity; the OpenAPI document has none. */
const QUANTITY =
  "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

// Go's decoder skips line ends.
const BASE64 = "^([A-Za-z0-9+/]{4}[\\r\\n]*)*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?[\\r\\n]*$";

/** Definitions that do not say in OpenAPI what the API server takes. */
const SPECIAL: Readonly<Record<string, Schema>> = {
  "io.k8s.apimachinery.pkg.api.resource.Quantity": { type: ["string", "number"], pattern: QUANTITY },
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": { type: ["integer", "string"] },
  "io.k8s.apimachinery.pkg.runtime.RawExtension": { type: "object", additionalProperties: true },
};

/** Metadata that belongs in a manifest; the rest is the server's. */
const AUTHORED_METADATA = ["name", "namespace", "labels", "annotations", "finalizers", "ownerReferences"];

/** The definitions of an OpenAPI document, by full name. */
export function definitionsOf(document: unknown): Json {
  return isJson(document) && isJson(document["definitions"]) ? document["definitions"] : {};
}

/** The group, version and kind a definition stands for; none for the parts of kinds. */
export function gvksOf(definition: unknown): Json[] {
  const value = isJson(definition) ? definition["x-kubernetes-group-version-kind"] : undefined;
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** The definitions that these names lead to, themselves included, each as a strict schema with references by full name. */
export function reachableFrom(definitions: Json, names: readonly string[]): Map<string, Schema> {
  const found = new Map<string, Schema>();
  const queue = [...names];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (found.has(name)) continue;
    const schema = definitionSchema(name, definitions[name]);
    found.set(name, schema);
    queue.push(...referencesOf(schema));
  }
  return found;
}

/** Full names of the definitions a schema refers to. */
export function referencesOf(schema: Schema): string[] {
  const found: string[] = [];
  const visit = (node: Schema): Schema => {
    if (node.$ref !== undefined) found.push(node.$ref.replace("#/definitions/", ""));
    return mapChildren(node, visit);
  };
  visit(schema);
  return found;
}

/** Strict schema of one definition, references kept by their full name. */
export function definitionSchema(name: string, source: unknown): Schema {
  const special = SPECIAL[name];
  if (special) return special;
  if (!isJson(source)) return {};
  const schema = nodeSchema(source);
  if (schema.properties && name === `${META}.ObjectMeta`) {
    const kept = Object.entries(schema.properties).filter(([property]) => AUTHORED_METADATA.includes(property));
    return { ...schema, properties: Object.fromEntries(kept) };
  }
  if (schema.properties && gvksOf(source).length > 0) {
    const { status: _status, ...properties } = schema.properties;
    return { ...schema, properties };
  }
  return schema;
}

function nodeSchema(source: Json): Schema {
  const schema: Schema = {};
  if (typeof source["description"] === "string") schema.description = source["description"];
  if (typeof source["$ref"] === "string") return { ...schema, $ref: source["$ref"] };
  if (typeof source["type"] === "string") schema.type = source["type"];
  if (source["format"] === "byte") schema.pattern = BASE64;
  if (Array.isArray(source["enum"])) schema.enum = [...source["enum"]];
  if (isJson(source["items"])) schema.items = nodeSchema(source["items"]);
  if (isJson(source["additionalProperties"])) schema.additionalProperties = nodeSchema(source["additionalProperties"]);
  else if (source["properties"] !== undefined) schema.additionalProperties = false;
  if (isJson(source["properties"])) {
    schema.properties = Object.fromEntries(
      Object.entries(source["properties"]).map(([key, child]) => [key, nodeSchema(isJson(child) ? child : {})]),
    );
  }
  const required = stringsOf(source["required"]);
  if (required.length > 0) schema.required = required;
  return schema;
}
