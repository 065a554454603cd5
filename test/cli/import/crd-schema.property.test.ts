import Ajv from "ajv";
import fc from "fast-check";
import { strictSchema } from "../../../cli/import/crd-schema";
import type { Json } from "../../../cli/import/schema";

/** A structural schema, a value it must take, and the values it must refuse or take. */
interface Case {
  readonly source: Json;
  readonly good: unknown;
  readonly bad: readonly unknown[];
}

const UNKNOWN_FIELD = "field-nobody-declared";
const fieldName = fc.stringMatching(/^[a-z][a-zA-Z]{0,5}$/);

const leaf: fc.Arbitrary<Case> = fc.oneof(
  fc.string().map((good): Case => ({ source: { type: "string" }, good, bad: [1, {}, null] })),
  fc.boolean().map((good): Case => ({ source: { type: "boolean" }, good, bad: ["true", 0] })),
  fc.integer().map((good): Case => ({ source: { type: "integer" }, good, bad: ["1", 1.5] })),
  fc
    .oneof(fc.integer(), fc.string())
    .map((good): Case => ({ source: { "x-kubernetes-int-or-string": true }, good, bad: [true, 1.5, []] })),
  fc.jsonValue().map((good): Case => ({ source: { "x-kubernetes-preserve-unknown-fields": true }, good, bad: [] })),
  fc
    .uniqueArray(fc.string(), { minLength: 1, maxLength: 4 })
    .map(
      (values): Case => ({ source: { type: "string", enum: values }, good: values[0], bad: [`${values.join("")}x`] }),
    ),
);

const { tree } = fc.letrec<{ tree: Case }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    list(tie("tree")),
    map(tie("tree")),
    object(tie("tree")),
  ),
}));

function list(child: fc.Arbitrary<Case>): fc.Arbitrary<Case> {
  return child.map(({ source, good, bad }) => ({
    source: { type: "array", items: source },
    good: [good, good],
    bad: bad.map((value) => [good, value]),
  }));
}

function map(child: fc.Arbitrary<Case>): fc.Arbitrary<Case> {
  return child.map(({ source, good, bad }) => ({
    source: { type: "object", additionalProperties: source },
    good: { [UNKNOWN_FIELD]: good },
    bad: bad.map((value) => ({ [UNKNOWN_FIELD]: value })),
  }));
}

function object(child: fc.Arbitrary<Case>): fc.Arbitrary<Case> {
  return fc
    .record({ fields: fc.dictionary(fieldName, child, { maxKeys: 4 }), isOpen: fc.boolean() })
    .map(({ fields, isOpen }) => {
      const entries = Object.entries(fields);
      const good = Object.fromEntries(entries.map(([name, field]) => [name, field.good]));
      const beyond = { ...good, [UNKNOWN_FIELD]: 1 };
      const source = {
        type: "object",
        properties: Object.fromEntries(entries.map(([name, field]) => [name, field.source])),
        required: entries.map(([name]) => name),
        ...(isOpen ? { "x-kubernetes-preserve-unknown-fields": true } : {}),
      };
      const bad = entries.flatMap(([name, field]) => [
        ...field.bad.map((value) => ({ ...good, [name]: value })),
        Object.fromEntries(Object.entries(good).filter(([other]) => other !== name)),
      ]);
      return { source, good: isOpen ? beyond : good, bad: isOpen ? bad : [...bad, beyond] };
    });
}

test("a converted schema takes what the source takes, and refuses every wrong type, unknown and missing field", () => {
  fc.assert(
    fc.property(tree, ({ source, good, bad }) => {
      const validate = new Ajv({ strict: false }).compile(strictSchema(source, () => undefined));
      expect([good, validate(good), validate.errors]).toEqual([good, true, null]);
      for (const value of bad) expect([value, validate(value)]).toEqual([value, false]);
    }),
    { numRuns: 150 },
  );
});

test("any JSON object converts to a schema without an exception", () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom(
          "type",
          "properties",
          "items",
          "oneOf",
          "not",
          "enum",
          "required",
          "pattern",
          "nullable",
          "minLength",
          "additionalProperties",
        ),
        fc.jsonValue(),
      ),
      (source) => {
        strictSchema(source, () => undefined);
      },
    ),
    { numRuns: 500 },
  );
});
