import { manifestSchema } from "../../../cli/import/manifest";
import type { Schema } from "../../../cli/import/schema";

const text: Schema = { type: "string" };
const metadata: Schema = {
  type: "object",
  properties: { name: text, namespace: text, labels: { type: "object", additionalProperties: text } },
  additionalProperties: false,
};

function schemaOf(
  body: Schema,
  scope: "Namespaced" | "Cluster" = "Namespaced",
  definitions?: Record<string, Schema>,
): Schema {
  const parts = { group: "example.com", version: "v1", kind: "Widget", scope, body, metadata };
  return manifestSchema(definitions ? { ...parts, definitions } : parts).schema;
}

test("apiVersion and kind are fixed, metadata is the strict one, status is gone", () => {
  const loose: Schema = { type: "object" };
  const schema = schemaOf({
    type: "object",
    properties: { apiVersion: text, kind: text, metadata: loose, status: loose, data: text },
  });
  expect(Object.keys(schema.properties ?? {})).toEqual(["apiVersion", "kind", "metadata", "data"]);
  expect(schema.properties?.["apiVersion"]).toEqual({ const: "example.com/v1" });
  expect(schema.properties?.["kind"]).toEqual({ const: "Widget" });
  expect(schema.properties?.["metadata"]?.required).toEqual(["name"]);
  expect(schema.additionalProperties).toBe(false);
  expect(schema.required).toEqual(["apiVersion", "kind", "metadata"]);
});

test("only a namespaced kind has a namespace", () => {
  expect(schemaOf({}).properties?.["metadata"]?.properties).toHaveProperty("namespace");
  expect(schemaOf({}, "Cluster").properties?.["metadata"]?.properties).not.toHaveProperty("namespace");
});

test("spec is required where the source says so, or where a part of it is", () => {
  const spec = (required?: string[]): Schema => ({
    type: "object",
    properties: { a: text },
    ...(required ? { required } : {}),
  });
  expect(schemaOf({ properties: { spec: spec() }, required: ["spec"] }).required).toContain("spec");
  expect(schemaOf({ properties: { spec: spec(["a"]) } }).required).toContain("spec");
  expect(schemaOf({ properties: { spec: spec() } }).required).not.toContain("spec");
  const definitions = { Spec: spec(["a"]) };
  expect(
    schemaOf({ properties: { spec: { $ref: "#/definitions/Spec" } } }, "Namespaced", definitions).required,
  ).toContain("spec");
});

test("a status the source requires is not required of a manifest", () => {
  expect(schemaOf({ properties: { status: {} }, required: ["status"] }).required).toEqual([
    "apiVersion",
    "kind",
    "metadata",
  ]);
});

test("the core group has no slash", () => {
  const parts = { group: "", version: "v1", kind: "Pod", scope: "Namespaced" as const, body: {}, metadata };
  expect(manifestSchema(parts).schema.properties?.["apiVersion"]).toEqual({ const: "v1" });
});
