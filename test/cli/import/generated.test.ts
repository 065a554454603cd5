import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import { parseOrigins } from "../../../cli/import/origins";
import { isJson, type Json, mapChildren, type Schema } from "../../../cli/import/schema";
import { BUILTIN_OBJECTS } from "./builtin-objects";
import { CUSTOM_OBJECTS } from "./objects";

const IMPORTS = join(__dirname, "../../../imports");
const read = (path: string) => readFileSync(join(IMPORTS, path), "utf8");
const kinds = (parseOrigins(read("origins.json"))?.sources ?? []).flatMap((source) => source.kinds);
const objects: readonly Json[] = [...BUILTIN_OBJECTS, ...CUSTOM_OBJECTS].map((object): Json => ({ ...object }));
const ajv = new Ajv({ strict: false });

function validatorOf(object: Json): ValidateFunction {
  const kind = kinds.find((known) => known.apiVersion === object["apiVersion"] && known.kind === object["kind"]);
  if (!kind) throw new Error(`no schema for ${String(object["apiVersion"])} ${String(object["kind"])}`);
  return ajv.compile(JSON.parse(read(kind.schema)) as Schema);
}

test("the record, the files and the test objects are of the same kinds", () => {
  const names = kinds.map((kind) => `${kind.apiVersion} ${kind.kind}`);
  expect(objects.map((object) => `${String(object["apiVersion"])} ${String(object["kind"])}`).sort()).toEqual(
    [...names].sort(),
  );
  const files = readdirSync(join(IMPORTS, "schemas"), { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".json"),
  );
  expect(files.map((path) => `schemas/${path}`).sort()).toEqual(kinds.map((kind) => kind.schema).sort());
});

test("every kind is an exported interface of its own name, and no type is any", () => {
  for (const { kind, types, apiVersion } of kinds) {
    const text = read(types);
    expect(text).toContain(
      `\nexport interface ${kind} {\n  apiVersion: "${apiVersion}";\n  kind: "${kind}";\n  metadata: ObjectMeta;\n`,
    );
    expect(text).not.toMatch(/: (readonly )?any\b/);
  }
});

test("types stay small", () => {
  const size = [...new Set(kinds.map((kind) => kind.types))].reduce((sum, path) => sum + read(path).length, 0);
  expect(size).toBeLessThan(500_000);
});

test.each(kinds.map((kind) => [kind.schema]))("%s says of every object whether it is open", (path) => {
  const open: string[] = [];
  const visit = (schema: Schema, where: string): Schema => {
    if (schema.properties && schema.additionalProperties === undefined) open.push(where);
    // A choice only restricts what is around it, so that it need not say.
    const { anyOf: _anyOf, oneOf: _oneOf, allOf: _allOf, not: _not, ...rest } = schema;
    return mapChildren(rest, (child, name) => visit(child, `${where}.${name}`));
  };
  visit(JSON.parse(read(path)) as Schema, "");
  expect(open).toEqual([]);
});

describe.each(objects.map((object) => [`${String(object["apiVersion"])} ${String(object["kind"])}`, object] as const))(
  "%s",
  (_, good) => {
    const validate = validatorOf(good);
    const metadata = isJson(good["metadata"]) ? good["metadata"] : {};
    const refuses = (changes: Json) => expect([changes, validate({ ...good, ...changes })]).toEqual([changes, false]);

    test("takes a good object", () => {
      expect([validate(good), validate.errors]).toEqual([true, null]);
    });

    test("refuses unknown fields, another kind, a status and metadata of the server", () => {
      refuses({ unknown: 1 });
      refuses({ kind: "Other" });
      refuses({ apiVersion: "v0" });
      refuses({ status: {} });
      refuses({ metadata: { ...metadata, unknown: "a" } });
      refuses({ metadata: { ...metadata, uid: "a" } });
      refuses({ metadata: { ...metadata, labels: { a: 1 } } });
      refuses({ metadata: { namespace: "b" } });
    });

    test("refuses a value of the wrong type and an unknown field at every place", () => {
      for (const { path, bad } of spoiled(good)) expect([path, validate(bad)]).toEqual([path, false]);
    });
  },
);

/** Fields that take anything, and maps that take any key. */
const ANY_VALUE = /^\.spec\.(values|data\.0\.metadata)/;
const MAPS =
  /\.(matchLabels|labels|annotations|data|stringData|binaryData|parameters|hard|limits|requests|default|defaultRequest|tags|volumeAttributes|selector|metadata|nodeSelector)$/;

/** The object spoiled in one place at a time: a value of another type, or a field nobody knows. */
function spoiled(good: unknown, path = ""): { path: string; bad: unknown }[] {
  if (ANY_VALUE.test(path)) return [];
  if (Array.isArray(good)) {
    return [
      { path, bad: { a: 1 } },
      ...good.flatMap((item, index) =>
        spoiled(item, `${path}.${index}`).map(({ path: at, bad }) => ({ path: at, bad: good.with(index, bad) })),
      ),
    ];
  }
  if (!isJson(good)) return [{ path, bad: typeof good === "boolean" ? "true" : true }].filter(() => good !== null);
  return [
    { path, bad: "text" },
    ...(MAPS.test(path) ? [] : [{ path: `${path}.unknown`, bad: { ...good, unknownField: {} } }]),
    ...Object.entries(good).flatMap(([name, value]) =>
      spoiled(value, `${path}.${name}`).map(({ path: at, bad }) => ({ path: at, bad: { ...good, [name]: bad } })),
    ),
  ];
}
