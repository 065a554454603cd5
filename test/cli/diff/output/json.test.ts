import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { rulesPage } from "../../../../cli/diff/docs";
import { formatted } from "../../../../cli/diff/format";
import { RULES } from "../../../../cli/diff/rules/catalogue";
import { CASES } from "../corpus/cases";
import { BASE } from "../corpus/edit";
import { compareFiles } from "../trees";

const root = join(__dirname, "..", "..", "..", "..");
const schema = JSON.parse(readFileSync(join(root, "docs", "diff.schema.json"), "utf8"));
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);

const waivers = [
  {
    rule: "prune/protected-kind",
    clusters: ["app1"],
    object: { group: "kustomize.toolkit.fluxcd.io", kind: "Kustomization", namespace: "flux-system", name: "reloader" },
    reason: "nobody uses it",
    ask: "platform@example.com",
    expires: "2026-12-01",
  },
];
const infra = {
  from: { resources: [{ type: "a", name: "b", inputs: { c: 1 } }], replacement: { a: ["c"] } },
  to: { resources: [{ type: "a", name: "b", inputs: { c: 2 } }], replacement: {} },
};

describe("the JSON", () => {
  it.each(CASES.map(({ name, after }) => [name, after] as const))("is as its schema says for: %s", async (_, after) => {
    const result = await compareFiles(BASE, after(), { waivers, infra });
    const json = JSON.parse(formatted(result, "json"));
    validate(json);
    expect(validate.errors ?? []).toEqual([]);
    // As JSON it says the same: nothing undefined, nothing that only JavaScript has.
    expect(json).toEqual(JSON.parse(JSON.stringify(result)));
    const ids = result.changes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(result.findings.every(({ change }) => change === undefined || ids.includes(change))).toBe(true);
  });

  it("has a schema that describes the fixture of the page", () => {
    validate(JSON.parse(readFileSync(join(root, "test/cli/diff/fixtures/result.json"), "utf8")));
    expect(validate.errors ?? []).toEqual([]);
  });
});

describe("the SARIF", () => {
  it("has a result for each finding, at its file, suppressed where it is approved", async () => {
    const after = CASES.find(({ name }) => name === "remove a component")?.after() ?? BASE;
    const result = await compareFiles(BASE, after, { waivers });
    const [run] = JSON.parse(formatted(result, "sarif")).runs;
    expect(run.results).toHaveLength(result.findings.filter(({ severity }) => severity !== "info").length);
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(Object.keys(RULES));
    for (const { ruleId, ruleIndex, locations } of run.results) {
      expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
      expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^dist(\/app1\/|$)/);
    }
    const approved = run.results.filter(({ suppressions }: { suppressions?: unknown }) => suppressions);
    expect(approved).toMatchObject([{ ruleId: "prune/protected-kind", suppressions: [{ status: "accepted" }] }]);
  });
});

it("docs/diff-rules.md is what the catalogue says", () => {
  // Fix: make docs
  expect(readFileSync(join(root, "docs", "diff-rules.md"), "utf8")).toBe(rulesPage());
});
