import { jsonOf } from "./json";
import { junitOf } from "./junit";
import { readable } from "./readable";
import { sarifOf } from "./sarif";
import type { ValidationReport } from "./types";

/** Forms in which a report can be had. */
export const FORMATS = ["text", "json", "junit", "sarif"] as const;
/** One of {@link FORMATS}. */
export type Format = (typeof FORMATS)[number];

/** A report in a format, with a newline at its end. */
export function formatted(report: ValidationReport, format: Format, colour = false): string {
  switch (format) {
    case "text":
      return `${readable(report, { colour })}\n`;
    case "json":
      return jsonOf(report);
    case "junit":
      return junitOf(report);
    case "sarif":
      return sarifOf(report);
  }
}
