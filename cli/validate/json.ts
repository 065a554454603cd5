import { locationOf } from "./location";
import type { ValidationReport } from "./types";

/** A report for scripts. Fields are only ever added. */
export function jsonOf(report: ValidationReport): string {
  const { folder, engine, files, objects, warning, exitCode } = report;
  const findings = report.findings.map((finding) => ({ ...finding, file: locationOf(report, finding.file) }));
  return `${JSON.stringify({ folder, engine, files: files.length, objects, exitCode, ...(warning === undefined ? {} : { warning }), findings }, null, 2)}\n`;
}
