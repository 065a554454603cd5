import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runKubeconform, type SchemaResult } from "../../../cli/kubeconform";
import { validateTree } from "../../../cli/validate";
import { checkInProcess } from "../../../cli/validate/builtin";
import { readTree } from "../../../cli/validate/tree";
import { withFolder } from "../folder";
import { PATIENCE, realKubeconform } from "../kubeconform/real";
import { BROKEN, BROKEN_FOR_US } from "./corpus/broken";
import { GOOD } from "./corpus/good";

const SCHEMAS = "imports/schemas";
const ENGINES = ["kubeconform", "builtin"] as const;

/** The corpus as one tree: every manifest in a file of its own. */
function treeOf(corpus: Readonly<Record<string, Readonly<Record<string, string>>>>): Readonly<Record<string, string>> {
  const files = Object.entries(corpus).flatMap(([kind, manifests]) =>
    Object.entries(manifests).map(([name, yaml]) => [`${kind}/x/${name.replaceAll(/\W+/g, "-")}.yaml`, yaml] as const),
  );
  return Object.fromEntries(files);
}

const files = treeOf({ good: GOOD, broken: BROKEN });
const broken = Object.keys(files).filter((file) => file.startsWith("broken/"));
const results = new Map<string, SchemaResult>();
let program: string | undefined;

beforeAll(async () => {
  program = await realKubeconform();
  await withFolder(files, async (folder) => {
    results.set("builtin", await checkInProcess(readTree(folder).manifests, SCHEMAS));
    if (program) results.set("kubeconform", await runKubeconform(folder, { program, schemas: SCHEMAS }));
  });
}, PATIENCE);

/** Something of both engines' results, sorted; undefined where kubeconform cannot be had. */
function ofBoth(
  pick: (result: SchemaResult) => readonly string[],
): Record<(typeof ENGINES)[number], string[]> | undefined {
  const [kubeconform, builtin] = ENGINES.map((engine) => results.get(engine));
  if (!kubeconform || !builtin) return undefined;
  return { kubeconform: [...new Set(pick(kubeconform))].sort(), builtin: [...new Set(pick(builtin))].sort() };
}

test("the corpus is large enough to mean something", () => {
  expect(broken.length).toBeGreaterThan(70);
  expect(Object.keys(files).length - broken.length).toBeGreaterThan(15);
});

test.each(ENGINES)("%s refuses every broken manifest and takes every good one", (engine) => {
  if (!results.has(engine)) return;
  const refused = new Set(results.get(engine)?.findings.map(({ file }) => file));
  expect([...refused].sort()).toEqual([...broken].sort());
});

test.each(ENGINES)("%s judges every manifest", (engine) => {
  if (!results.has(engine)) return;
  expect([...(results.get(engine)?.judged ?? [])].sort()).toEqual(Object.keys(files).sort());
});

// kubeconform reads `apiVersion: 1` as text, and only the schema's constant tells it of the second slash of `apps/v1/v1`.
const OTHER_WORDS = /a-number-as-the-apiVersion|a-version-with-a-tail/;

test("both name the same fields where a manifest does not fit its schema", () => {
  const fields = ofBoth(({ findings }) =>
    findings
      .filter(({ problem, file }) => problem === "invalid" && !OTHER_WORDS.test(file))
      .map(({ file, path }) => `${file} ${path}`),
  );
  if (fields) expect(fields.builtin).toEqual(fields.kubeconform);
});

test("both use the same words for unknown and missing fields, wrong types and values, and unknown kinds", () => {
  const said = ofBoth(({ findings }) =>
    findings
      .filter(
        ({ file, message }) =>
          /unknown field|missing field|no schema|got .* want|must be/.test(message) && !OTHER_WORDS.test(file),
      )
      .map(({ file, path, message }) => `${file} ${path} ${message}`),
  );
  if (!said) return;
  expect(said.builtin).toEqual(said.kubeconform);
  expect(said.builtin.length).toBeGreaterThan(50);
});

test.each(ENGINES)("what only our own reading refuses is refused beside %s too", async (engine) => {
  if (engine === "kubeconform" && !program) return;
  const tree = treeOf({ broken: BROKEN_FOR_US });
  await withFolder(tree, async (folder) => {
    const { findings } = await validateTree(folder, { engine, note: () => {} });
    const ours = findings.filter(({ rule }) => rule.startsWith("yaml/") || rule === "layout/one-object");
    expect([...new Set(ours.map(({ file }) => file))].sort()).toEqual(Object.keys(tree).sort());
  });
});

test("the schemas use no keyword that the engines would read differently", () => {
  // `format` is not among them: kubeconform knows Go's durations, ajv does not.
  const agreed = new Set(
    [
      "$schema $ref definitions type const enum properties required additionalProperties items allOf anyOf oneOf not",
      "pattern minLength maxLength minItems maxItems uniqueItems minProperties maxProperties minimum maximum",
      "exclusiveMinimum exclusiveMaximum multipleOf description title",
    ].flatMap((line) => line.split(" ")),
  );
  const used = new Set<string>();
  for (const path of readdirSync(SCHEMAS, { recursive: true, encoding: "utf8" })) {
    if (path.endsWith(".json")) collectKeywords(JSON.parse(readFileSync(join(SCHEMAS, path), "utf8")), used);
  }
  expect(used.size).toBeGreaterThan(5);
  expect([...used].filter((keyword) => !agreed.has(keyword))).toEqual([]);
});

function collectKeywords(schema: unknown, used: Set<string>): void {
  if (Array.isArray(schema)) for (const each of schema) collectKeywords(each, used);
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return;
  for (const [keyword, value] of Object.entries(schema)) {
    used.add(keyword);
    if (keyword === "properties" || keyword === "definitions") collectKeywords(Object.values(value as object), used);
    else if (!["enum", "const", "required"].includes(keyword)) collectKeywords(value, used);
  }
}
