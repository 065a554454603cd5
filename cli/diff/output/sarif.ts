import { fingerprint, type SarifLevel, sarifLocation, sarifLog, wellFormed } from "../../sarif";
import { objectName } from "../../validate/location";
import type { DiffResult, Finding, Severity } from "../model";
import { RULES, type RuleId } from "../rules/catalogue";
import { TREE } from "../sources/git";

const LEVELS: Readonly<Record<Severity, SarifLevel>> = {
  danger: "error",
  warning: "warning",
  notice: "note",
  info: "note",
};

/** Results that GitHub shows of one run; the worst come first. Source: docs.github.com, SARIF support for code scanning. */
const MOST_RESULTS = 5_000;
/** Locations of one result that it takes. */
const MOST_LOCATIONS = 100;

/** A result as SARIF 2.1.0, which code-scanning services show at the files. What a waiver approves is suppressed, with its reason. */
export function sarifOf(result: DiffResult): string {
  const ids = Object.keys(RULES) as RuleId[];
  const index = new Map<string, number>(ids.map((id, position) => [id, position]));
  const files = new Map(result.changes.map(({ id, files: own }) => [id, own]));
  const shown = result.findings.filter(({ severity }) => severity !== "info");
  const more = shown.length - MOST_RESULTS;
  return sarifLog({
    name: "diff",
    rules: ids.map((id) => {
      const { title, doc, severity } = RULES[id];
      return { id, summary: title, help: doc, level: LEVELS[severity] };
    }),
    successful: true,
    warning: more > 0 ? `${more} findings more are in the JSON` : undefined,
    results: shown
      .slice(0, MOST_RESULTS)
      .map((finding) => resultOf(finding, files.get(finding.change ?? "") ?? [], index)),
  });
}

function resultOf(finding: Finding, files: readonly string[], index: ReadonlyMap<string, number>): object {
  const { rule, severity, message, object, clusters, waiver } = finding;
  const where = object ? objectName(object) : "";
  const on = clusters.length > 0 ? ` (${clusters.slice(0, 10).join(", ")}${clusters.length > 10 ? ", …" : ""})` : "";
  const [first, ...others] = locationsOf(files, where);
  return {
    ruleId: rule,
    ruleIndex: index.get(rule) ?? -1,
    level: LEVELS[severity],
    message: { text: wellFormed(`${where === "" ? "" : `${where}: `}${message}${on}`) },
    locations: [first],
    ...(others.length > 0 ? { relatedLocations: others.slice(0, MOST_LOCATIONS) } : {}),
    ...(waiver
      ? {
          suppressions: [
            {
              kind: "external",
              status: "accepted",
              justification: wellFormed(`${waiver.reason} (ask ${waiver.ask}, until ${waiver.expires})`),
            },
          ],
        }
      : {}),
    partialFingerprints: { finding: fingerprint([rule, where, message, files[0] ?? ""]) },
  };
}

function locationsOf(files: readonly string[], where: string): readonly object[] {
  const paths = files.length > 0 ? files.map((file) => `${TREE}/${file}`) : [TREE];
  return paths.map((path) => sarifLocation(path, where));
}
