import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runKubeconform, type SchemaResult } from "../../../cli/kubeconform";
import { checkInProcess } from "../../../cli/validate/builtin";
import { readTree } from "../../../cli/validate/tree";
import { withFolder } from "../folder";
import { PATIENCE, realKubeconform } from "../kubeconform/real";
import { BROKEN } from "./corpus/broken";
import { GOOD } from "./corpus/good";

const SCHEMAS = "imports/schemas";

/** The corpus as one tree: every manifest in a file of its own. */
const files = new Map<string, string>();
for (const [kind, manifests] of Object.entries({ good: GOOD, broken: BROKEN })) {
  for (const [name, yaml] of Object.entries(manifests)) files.set(`${kind}/${name.replaceAll(" ", "-")}.yaml`, yaml);
}

const results = new Map<string, SchemaResult>();
const refused = (engine: string) => [...new Set(results.get(engine)?.findings.map(({ file }) => file))].sort();

beforeAll(async () => {
  const program = await realKubeconform();
  await withFolder(Object.fromEntries(files), async (folder) => {
    results.set("built in", await checkInProcess(readTree(folder).manifests, SCHEMAS));
    if (program) results.set("kubeconform", await runKubeconform(folder, { program, schemas: SCHEMAS }));
  });
}, PATIENCE);

const broken = [...files.keys()].filter((file) => file.startsWith("broken/")).sort();

test.each(["kubeconform", "built in"])("%s refuses every broken manifest and takes every good one", (engine) => {
  if (!results.has(engine)) return;
  expect(refused(engine)).toEqual(broken);
});

test.each(["kubeconform", "built in"])("%s judges every manifest", (engine) => {
  if (!results.has(engine)) return;
  expect([...(results.get(engine)?.judged ?? [])].sort()).toEqual([...files.keys()].sort());
});

test("both name the same fields where a manifest does not fit its schema", () => {
  const kubeconform = results.get("kubeconform");
  const builtin = results.get("built in");
  if (!kubeconform || !builtin) return;
  const fields = ({ findings }: SchemaResult) =>
    [
      ...new Set(findings.filter(({ problem }) => problem === "invalid").map(({ file, path }) => `${file} ${path}`)),
    ].sort();
  expect(fields(builtin)).toEqual(fields(kubeconform));
});

test("both say the same of unknown and missing fields, and of unknown kinds", () => {
  const kubeconform = results.get("kubeconform");
  const builtin = results.get("built in");
  if (!kubeconform || !builtin) return;
  const said = ({ findings }: SchemaResult) =>
    findings
      .map(({ file, path, message }) => `${file} ${path} ${message}`)
      .filter((line) => /unknown field|missing field|no schema|got .* want/.test(line))
      .sort();
  expect(said(builtin)).toEqual(said(kubeconform));
});

test("the schemas say nothing that the two engines would read differently", () => {
  // Formats: kubeconform has Go's durations among them. The others: ajv knows them, kubeconform's library does not, or the reverse.
  const agreed = new Set(
    (
      "$schema $ref type const enum properties required additionalProperties items allOf anyOf oneOf not pattern " +
      "minLength maxLength minItems maxItems uniqueItems minProperties maxProperties minimum maximum exclusiveMinimum " +
      "exclusiveMaximum multipleOf definitions description title"
    ).split(" "),
  );
  const strange = new Set<string>();
  for (const path of readdirSync(SCHEMAS, { recursive: true, encoding: "utf8" })) {
    if (path.endsWith(".json")) keywords(JSON.parse(readFileSync(join(SCHEMAS, path), "utf8")), strange);
  }
  expect([...strange].filter((keyword) => !agreed.has(keyword))).toEqual([]);
});

function keywords(schema: unknown, found: Set<string>): void {
  if (Array.isArray(schema)) for (const each of schema) keywords(each, found);
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return;
  for (const [keyword, value] of Object.entries(schema)) {
    found.add(keyword);
    if (keyword === "properties" || keyword === "definitions") keywords(Object.values(value as object), found);
    else if (!["enum", "const", "required"].includes(keyword)) keywords(value, found);
  }
}
