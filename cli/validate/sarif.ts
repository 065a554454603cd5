import { isAbsolute } from "node:path";
import { fingerprint, sarifLocation, sarifLog, wellFormed } from "../sarif";
import { RULES, type RuleId } from "./catalogue";
import { locationOf, objectName } from "./location";
import type { Finding, ValidationReport } from "./types";

/** A report as SARIF 2.1.0, which code-scanning services show at the files. */
export function sarifOf(report: ValidationReport): string {
  const ids = Object.keys(RULES) as RuleId[];
  return sarifLog({
    name: "validate",
    rules: ids.map((id) => ({ id, summary: RULES[id].summary, help: `Fix: ${RULES[id].fix}`, level: "error" })),
    successful: report.exitCode !== 2,
    warning: report.warning,
    results: report.findings.map((finding) => resultOf(report, finding, ids)),
  });
}

function resultOf(report: ValidationReport, finding: Finding, ids: readonly RuleId[]): object {
  const { rule, object, path, reason, fix } = finding;
  const where = [object ? objectName(object) : "", path].filter((part) => part !== "").join(" ");
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: "error",
    message: { text: wellFormed(`${where === "" ? "" : `${where}: `}${reason}. Fix: ${fix}.`) },
    locations: [sarifLocation(placeOf(report, finding.file), where)],
    partialFingerprints: { finding: fingerprint([rule, finding.file, where, reason]) },
  };
}

/** Relative to the repository, or to the tree where that lies outside. */
function placeOf(report: ValidationReport, file: string): string {
  const isOutside = isAbsolute(report.folder) || report.folder.startsWith("..");
  return isOutside ? file || "." : locationOf(report, file);
}
