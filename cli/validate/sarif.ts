import { createHash } from "node:crypto";
import { isAbsolute } from "node:path";
import { RULES, type RuleId } from "./catalogue";
import { locationOf, objectName } from "./location";
import type { Finding, ValidationReport } from "./types";

/** A report as SARIF 2.1.0, which code-scanning services show at the files. */
export function sarifOf(report: ValidationReport): string {
  const ids = Object.keys(RULES) as RuleId[];
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "validate",
            semanticVersion: "1.0.0",
            rules: ids.map((id) => ({
              id,
              shortDescription: { text: RULES[id].summary },
              help: { text: `Fix: ${RULES[id].fix}` },
              defaultConfiguration: { level: "error" },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: report.exitCode !== 2,
            toolExecutionNotifications:
              report.warning === undefined ? [] : [{ level: "warning", message: { text: wellFormed(report.warning) } }],
          },
        ],
        results: report.findings.map((finding) => resultOf(report, finding, ids)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf(report: ValidationReport, finding: Finding, ids: readonly RuleId[]): object {
  const { rule, object, path, reason, fix } = finding;
  const where = [object ? objectName(object) : "", path].filter((part) => part !== "").join(" ");
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: "error",
    message: { text: wellFormed(`${where === "" ? "" : `${where}: `}${reason}. Fix: ${fix}.`) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(report, finding.file) }, region: { startLine: 1 } },
        ...(where === "" ? {} : { logicalLocations: [{ fullyQualifiedName: wellFormed(where) }] }),
      },
    ],
    // The same finding in the next run is the same alert, whatever else changes.
    partialFingerprints: { finding: digest([rule, finding.file, where, reason]) },
  };
}

/** Relative to the repository, or to the tree where that lies outside. */
function uriOf(report: ValidationReport, file: string): string {
  const isOutside = isAbsolute(report.folder) || report.folder.startsWith("..");
  const location = isOutside ? file || "." : locationOf(report, file);
  return location
    .split("/")
    .map((segment) => encodeURIComponent(wellFormed(segment)))
    .join("/");
}

function digest(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

// JSON can carry lone surrogates, but neither URIs nor what reads SARIF can.
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\u{FFFD}");
}
