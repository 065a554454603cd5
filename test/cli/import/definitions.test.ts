import { definitionSchema, META, reachableFrom, referencesOf } from "../../../cli/import/definitions";
import { OPEN_API } from "./sample";

test("what is reachable includes the start, each once, also in circles", () => {
  const definitions = {
    a: { type: "object", properties: { b: { $ref: "#/definitions/b" } } },
    b: { type: "array", items: { $ref: "#/definitions/a" } },
    c: { type: "string" },
  };
  expect([...reachableFrom(definitions, ["a"]).keys()]).toEqual(["a", "b"]);
});

test("references are found in fields, lists and maps", () => {
  const schema = {
    properties: { a: { $ref: "#/definitions/x" } },
    items: { $ref: "#/definitions/y" },
    additionalProperties: { $ref: "#/definitions/z" },
  };
  expect(referencesOf(schema)).toEqual(["x", "y", "z"]);
});

test("raw extensions are open, and metadata is what a person writes", () => {
  expect(definitionSchema("io.k8s.apimachinery.pkg.runtime.RawExtension", {})).toEqual({
    type: "object",
    additionalProperties: true,
  });
  const definitions = OPEN_API["definitions"] as Record<string, unknown>;
  const metadata = definitionSchema(`${META}.ObjectMeta`, definitions[`${META}.ObjectMeta`]);
  expect(Object.keys(metadata.properties ?? {})).toEqual(["name", "namespace", "labels", "annotations"]);
  expect(metadata.additionalProperties).toBe(false);
});

test("a missing definition takes anything", () => {
  expect(definitionSchema("gone", undefined)).toEqual({});
});

test("a chain of 1,000 definitions is followed to its end", () => {
  const definitions = Object.fromEntries(
    Array.from({ length: 1000 }, (_, index) => [
      `d${index}`,
      { properties: { next: { $ref: `#/definitions/d${index + 1}` } } },
    ]),
  );
  expect(reachableFrom(definitions, ["d0"]).size).toBe(1001);
});
