import fc from "fast-check";
import { RULES, type RuleId } from "../../../cli/validate/catalogue";
import type { Finding, ValidationReport } from "../../../cli/validate/types";

/** A finding with all a finding can have. */
export const FINDING: Finding = {
  rule: "schema/invalid",
  file: "app1/istio/service.shop.api.yaml",
  object: { apiVersion: "v1", kind: "Service", namespace: "shop", name: "api" },
  path: "spec.ports[0].port",
  reason: "got string, want integer",
  fix: "mend it",
};

/** A report with findings. */
export function reportOf(findings: readonly Finding[], rest: Partial<ValidationReport> = {}): ValidationReport {
  const files = ["README.md", "app1/istio/service.shop.api.yaml", "app2/x/configmap.shop.a.yaml"];
  const exitCode = findings.length > 0 ? 1 : 0;
  return { folder: "dist", engine: "kubeconform v0.7.0", files, objects: 2, findings, exitCode, ...rest };
}

const wild = fc.string({ unit: "binary", maxLength: 20 });
const finding: fc.Arbitrary<Finding> = fc.record({
  rule: fc.constantFrom(...(Object.keys(RULES) as RuleId[])),
  file: fc.oneof(wild, fc.constantFrom("", "a b/c#d?e%41/é.yaml")),
  object: fc.record({ apiVersion: wild, kind: wild, namespace: wild, name: wild }),
  path: wild,
  reason: wild,
  fix: wild,
});
/** Reports whose every text is as wild as can be. */
export const report = fc
  .record({
    findings: fc.array(finding),
    files: fc.array(wild),
    warning: wild,
    folder: fc.oneof(wild, fc.constantFrom(".", "/tmp/x", "../x")),
  })
  .map(({ findings, ...rest }) => reportOf(findings, rest));
