import fc from "fast-check";
import { RULES } from "../../../cli/validate/catalogue";
import { sarifOf } from "../../../cli/validate/sarif";
import { FINDING, report, reportOf } from "./reports";

interface Sarif {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] } };
    readonly invocations: readonly object[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
      }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
}

test("has what its readers need", () => {
  const sarif: Sarif = JSON.parse(sarifOf(reportOf([FINDING], { warning: "w" })));
  expect(sarif).toMatchObject({ version: "2.1.0", $schema: expect.stringContaining("sarif-2.1.0") });
  const [run] = sarif.runs;
  expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(Object.keys(RULES));
  expect(run?.invocations).toEqual([
    { executionSuccessful: true, toolExecutionNotifications: [{ level: "warning", message: { text: "w" } }] },
  ]);
  expect(run?.results).toEqual([
    {
      ruleId: "schema/invalid",
      ruleIndex: Object.keys(RULES).indexOf("schema/invalid"),
      level: "error",
      message: { text: "Service shop/api spec.ports[0].port: got string, want integer. Fix: mend it." },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "dist/app1/istio/service.shop.api.yaml" },
            region: { startLine: 1 },
          },
          logicalLocations: [{ fullyQualifiedName: "Service shop/api spec.ports[0].port" }],
        },
      ],
      partialFingerprints: { finding: expect.stringMatching(/^[0-9a-f]{32}$/) },
    },
  ]);
});

test("URIs are relative and well formed wherever the tree is", () => {
  for (const folder of ["/tmp/x", "../x"]) {
    const { runs }: Sarif = JSON.parse(sarifOf(reportOf([FINDING], { folder })));
    expect(runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(FINDING.file);
  }
  fc.assert(
    fc.property(report, (each) => {
      const { runs }: Sarif = JSON.parse(sarifOf(each));
      for (const result of runs[0]?.results ?? []) {
        expect(runs[0]?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
        for (const { physicalLocation } of result.locations) {
          expect(physicalLocation.artifactLocation.uri).toMatch(/^[A-Za-z0-9\-._~!*'()%/]*$/);
        }
      }
    }),
  );
});
