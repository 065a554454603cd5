import fc from "fast-check";
import { jsonOf } from "../../../cli/validate/json";
import { FINDING, report, reportOf } from "./reports";

test("parses back to the report", () => {
  const parsed = JSON.parse(jsonOf(reportOf([FINDING], { warning: "w" })));
  expect(parsed).toEqual({
    folder: "dist",
    engine: "kubeconform v0.7.0",
    files: 3,
    objects: 2,
    exitCode: 1,
    warning: "w",
    findings: [{ ...FINDING, file: `dist/${FINDING.file}` }],
  });
  fc.assert(
    fc.property(report, (each) => expect(JSON.parse(jsonOf(each)).findings).toHaveLength(each.findings.length)),
  );
});
