import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { toYaml } from "../../base/yaml";
import { runKubeconform } from "../../cli/kubeconform";
import { PATIENCE, realKubeconform } from "../cli/kubeconform/real";
import { ALIKE, TEXTS } from "./exotic";

jest.setTimeout(PATIENCE);

const VALUES: readonly unknown[] = [
  ...TEXTS,
  ...ALIKE,
  0,
  -1,
  0.1,
  1e21,
  1e-7,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_VALUE,
  true,
  false,
  null,
];
/** What a key can hold: YAML knows no simple key of several lines. */
const KEYS = [...TEXTS, ...ALIKE].filter((text) => !text.includes("\n"));

/** Texts of the letters that numbers, dates and words with a meaning are made of, always the same ones. */
const ALMOST = [
  ...new Set(fc.sample(fc.stringMatching(/^[-+.]?[0-9_.:oOxXbBeEaAfF+-]{1,8}$/), { numRuns: 3000, seed: 7 })),
  ...new Set(fc.sample(fc.stringMatching(/^[yYnNtTfFoO~.<=][a-zA-Z.<=~]{0,4}$/), { numRuns: 1000, seed: 7 })),
];

const KIND = { apiVersion: "exotic.test/v1", kind: "Exotic" };

/** A schema that takes exactly this value and nothing else. The type is needed, too: to kubeconform the number 15 is the text "15". */
function exactly(value: unknown): object {
  if (Array.isArray(value)) {
    const items = value.length > 0 && { items: value.map(exactly), additionalItems: false };
    return { type: "array", minItems: value.length, maxItems: value.length, ...items };
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    return {
      type: "object",
      properties: Object.fromEntries(entries.map(([key, member]) => [key, exactly(member)])),
      required: entries.map(([key]) => key),
      additionalProperties: false,
    };
  }
  return { const: value, type: value === null ? "null" : typeof value };
}

let program: string | undefined;
let folder: string;
beforeAll(async () => {
  program = await realKubeconform();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "yaml-go-"));
  for (const name of ["schemas/exotic.test", "manifests"]) mkdirSync(join(folder, name), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What kubeconform, and so a Go parser, finds otherwise in `yaml` than in the value. */
async function misread(spec: unknown, yaml: string): Promise<readonly string[]> {
  const object = { ...KIND, metadata: { name: "x" }, spec };
  writeFileSync(
    join(folder, "schemas", "exotic.test", "exotic_v1.json"),
    JSON.stringify({ $schema: "http://json-schema.org/draft-07/schema#", ...exactly(object) }),
  );
  writeFileSync(join(folder, "manifests", "x.yaml"), yaml);
  const options = { program: program ?? "", schemas: join(folder, "schemas") };
  const { findings, objects } = await runKubeconform(join(folder, "manifests"), options);
  expect(objects + findings.length).toBeGreaterThan(0);
  return findings.map(({ path, message }) => `${path}: ${message}`);
}

const written = (spec: unknown) => toYaml({ ...KIND, metadata: { name: "x" }, spec });

describe("a Go parser reads", () => {
  it.each([
    ["texts and numbers", VALUES],
    ["texts at any depth", { a: { b: [{ c: { d: VALUES } }, [VALUES, [[VALUES]]], { e: VALUES, f: {}, g: [] }] } }],
    ["what is almost a number or a word with a meaning", ALMOST],
    ["keys that are almost a number or a word with a meaning", Object.fromEntries(ALMOST.map((key) => [key, key]))],
    ["keys", Object.fromEntries(KEYS.map((key, index) => [key, index]))],
    ["keys of texts", KEYS.map((key, index) => ({ [key]: TEXTS[index % TEXTS.length] }))],
    ["keys of maps", Object.fromEntries(KEYS.map((key) => [key, { [key]: [key] }]))],
  ])("%s as they were", async (_, spec) => {
    if (program) expect(await misread(spec, written(spec))).toEqual([]);
  });

  it("something else where a text is not quoted, so this test can tell", async () => {
    if (!program) return;
    const yaml = written({ a: "yes", b: "two" }).replace("'yes'", "yes");
    expect(await misread({ a: "yes", b: "two" }, yaml)).toHaveLength(1);
  });
});
