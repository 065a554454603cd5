import { locationOf, objectName } from "./location";
import type { Finding, ValidationReport } from "./types";

/** A report as JUnit XML: a suite for each cluster, a case for each file, a failure for each finding. */
export function junitOf(report: ValidationReport): string {
  const byFile = new Map<string, Finding[]>();
  for (const finding of report.findings) byFile.set(finding.file, [...(byFile.get(finding.file) ?? []), finding]);
  const files = [...new Set([...report.files, ...byFile.keys()])].filter((file) => file !== "").sort();
  const suites = new Map<string, string[]>();
  if (byFile.has("")) suites.set("tree", [""]);
  for (const file of files) {
    const suite = file.includes("/") ? file.slice(0, file.indexOf("/")) : "tree";
    const members = suites.get(suite);
    if (members) members.push(file);
    else suites.set(suite, [file]);
  }
  const lines = [...suites].flatMap(([name, members]) => suiteOf(report, name, members, byFile));
  const failed = files.filter((file) => byFile.has(file)).length + (byFile.has("") ? 1 : 0);
  const cases = files.length + (byFile.has("") ? 1 : 0);
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="validate" tests="${cases}" failures="${failed}" errors="0">`,
    ...lines,
    "</testsuites>",
  ].join("\n")}\n`;
}

function suiteOf(
  report: ValidationReport,
  name: string,
  files: readonly string[],
  byFile: ReadonlyMap<string, readonly Finding[]>,
): readonly string[] {
  const failures = files.filter((file) => byFile.has(file)).length;
  return [
    `  <testsuite name="${escapeXml(name)}" tests="${files.length}" failures="${failures}" errors="0" skipped="0">`,
    ...files.flatMap((file) => caseOf(report, name, file, byFile.get(file) ?? [])),
    "  </testsuite>",
  ];
}

function caseOf(
  report: ValidationReport,
  suite: string,
  file: string,
  findings: readonly Finding[],
): readonly string[] {
  const location = escapeXml(locationOf(report, file));
  const head = `    <testcase classname="${escapeXml(suite)}" name="${location}" file="${location}" time="0"`;
  if (findings.length === 0) return [`${head}/>`];
  // Readers of JUnit show one failure for a case, so all findings of a file are one.
  const [first] = findings;
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : "";
  const message = escapeXml(`${first?.reason ?? ""}${more}`);
  const text = findings.map(describe).join("\n");
  return [
    `${head}>`,
    `      <failure type="${escapeXml(first?.rule ?? "")}" message="${message}">${escapeXml(text)}</failure>`,
    "    </testcase>",
  ];
}

function describe({ rule, object, path, reason, fix }: Finding): string {
  const where = [object ? objectName(object) : "", path].filter((part) => part !== "").join(" ");
  return `${where === "" ? "" : `${where}: `}${reason} [${rule}]\n  fix: ${fix}`;
}

// XML 1.0 cannot hold most control characters and lone surrogates, not even escaped.
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** A text as XML's text or attribute value. */
export function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, "\u{FFFD}").replace(/[&<>"'\t\n\r]/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};
