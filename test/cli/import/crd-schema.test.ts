import Ajv from "ajv";
import { strictSchema } from "../../../cli/import/crd-schema";
import type { Json, Schema } from "../../../cli/import/schema";

const OPEN = "x-kubernetes-preserve-unknown-fields";

function convert(source: Json): Schema {
  return strictSchema(source, ({ reason }) => {
    throw new Error(reason);
  });
}

function accepts(schema: Schema, value: unknown): boolean {
  return new Ajv({ strict: false }).validate(schema, value);
}

test("an unknown field is refused at every depth", () => {
  const leaf = { type: "object", properties: { b: { type: "string" } } };
  const schema = convert({ type: "object", properties: { a: leaf, list: { type: "array", items: leaf } } });
  expect(accepts(schema, { a: { b: "x" }, list: [{ b: "x" }] })).toBe(true);
  expect(accepts(schema, { c: 1 })).toBe(false);
  expect(accepts(schema, { a: { c: 1 } })).toBe(false);
  expect(accepts(schema, { list: [{ c: 1 }] })).toBe(false);
});

test("an object without fields takes none, as the API server would prune them all", () => {
  expect(convert({ type: "object" })).toEqual({ type: "object", additionalProperties: false });
});

test("int-or-string takes both and nothing else, and keeps its pattern", () => {
  const schema = convert({
    "x-kubernetes-int-or-string": true,
    anyOf: [{ type: "integer" }, { type: "string" }],
    pattern: "^[0-9]+%?$",
  });
  expect(schema).toEqual({ type: ["integer", "string"], pattern: "^[0-9]+%?$" });
  expect(accepts(schema, 5)).toBe(true);
  expect(accepts(schema, "5%")).toBe(true);
  expect(accepts(schema, "five")).toBe(false);
  expect(accepts(schema, true)).toBe(false);
});

test("int-or-string keeps a choice that says more than the types", () => {
  const choice = [{ type: "integer", minimum: 1 }, { type: "string" }];
  expect(convert({ "x-kubernetes-int-or-string": true, anyOf: choice }).anyOf).toEqual(choice);
});

test("preserve-unknown-fields opens its own level, not the known fields below", () => {
  const schema = convert({
    type: "object",
    [OPEN]: true,
    properties: { closed: { type: "object", properties: { a: { type: "string" } } } },
  });
  expect(accepts(schema, { anything: { at: ["all"] } })).toBe(true);
  expect(accepts(schema, { closed: { b: 1 } })).toBe(false);
});

test("preserve-unknown-fields without a type takes any value", () => {
  expect(convert({ [OPEN]: true })).toEqual({});
});

test("a map checks its values and takes any key", () => {
  const schema = convert({ type: "object", additionalProperties: { type: "string" } });
  expect(accepts(schema, { a: "b" })).toBe(true);
  expect(accepts(schema, { a: 1 })).toBe(false);
});

test("an embedded resource may say what it is", () => {
  const schema = convert({ type: "object", "x-kubernetes-embedded-resource": true, [OPEN]: true });
  expect(accepts(schema, { apiVersion: "v1", kind: "Pod", metadata: { name: "a" }, spec: {} })).toBe(true);
  expect(accepts(schema, { apiVersion: 1 })).toBe(false);
});

test("enums are exact, and null is one of them where it is allowed", () => {
  expect(convert({ type: "string", enum: ["a", "b"] })).toEqual({ type: "string", enum: ["a", "b"] });
  const nullable = convert({ type: "string", enum: ["a"], nullable: true });
  expect(accepts(nullable, null)).toBe(true);
  expect(accepts(nullable, "b")).toBe(false);
});

test("a required field with a default may be left out", () => {
  const schema = convert({
    type: "object",
    required: ["a", "b"],
    properties: { a: { type: "string", default: "x" }, b: { type: "string" } },
  });
  expect(schema.required).toEqual(["b"]);
});

test("fields named in a choice do not become known, and do not close the object", () => {
  const schema = convert({
    type: "object",
    properties: { a: { type: "string" }, b: { type: "string" } },
    oneOf: [{ required: ["a"] }, { required: ["b"], properties: { b: { pattern: "^b" } } }],
  });
  expect(accepts(schema, { a: "x" })).toBe(true);
  expect(accepts(schema, { b: "bee" })).toBe(true);
  expect(accepts(schema, { a: "x", b: "bee" })).toBe(false);
  expect(accepts(schema, { b: "x" })).toBe(false);
});

test("exclusive bounds are numbers", () => {
  const source = { type: "integer", minimum: 0, exclusiveMinimum: true, maximum: 10, exclusiveMaximum: true };
  expect(convert(source)).toEqual({ type: "integer", exclusiveMinimum: 0, exclusiveMaximum: 10 });
});

test("a set refuses an item twice", () => {
  const schema = convert({ type: "array", items: { type: "string" }, "x-kubernetes-list-type": "set" });
  expect(accepts(schema, ["a", "b"])).toBe(true);
  expect(accepts(schema, ["a", "a"])).toBe(false);
});

test("fields named like keywords of JSON schema are only fields", () => {
  const words = ["type", "description", "required", "properties", "items", "enum", "default", "not"];
  const schema = convert({
    type: "object",
    properties: Object.fromEntries(words.map((word) => [word, { type: "string" }])),
  });
  expect(accepts(schema, Object.fromEntries(words.map((word) => [word, "x"])))).toBe(true);
  expect(accepts(schema, { type: 1 })).toBe(false);
});

test("formats, CEL rules and defaults are left out", () => {
  const source = { type: "string", format: "duration", default: "1h", "x-kubernetes-validations": [{ rule: "true" }] };
  expect(convert(source)).toEqual({ type: "string" });
});

test("a pattern only Go understands is reported with its field", () => {
  const reported: string[] = [];
  const schema = strictSchema(
    { type: "object", properties: { id: { type: "string", pattern: "(?i)^/subscriptions/" } } },
    ({ path, what, reason }) => reported.push(`${path} ${what}: ${reason}`),
  );
  expect(schema.properties?.["id"]).toEqual({ type: "string" });
  expect(reported).toEqual([".id pattern (?i)^/subscriptions/: inline flags are Go's alone"]);
});
