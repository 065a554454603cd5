import { toHtml } from "./html";
import type { DiffResult } from "./model";
import { markdownOf } from "./output/markdown";
import { sarifOf } from "./output/sarif";
import { textOf } from "./output/text";

/** Forms in which a comparison can be had. */
export const FORMATS = ["text", "markdown", "json", "sarif", "html"] as const;
/** One of {@link FORMATS}. */
export type Format = (typeof FORMATS)[number];

/** A result in a format, with a newline at its end. */
export function formatted(result: DiffResult, format: Format, colour = false): string {
  switch (format) {
    case "text":
      return textOf(result, colour);
    case "markdown":
      return markdownOf(result);
    case "json":
      return `${JSON.stringify(result, null, 2)}\n`;
    case "sarif":
      return sarifOf(result);
    case "html":
      return toHtml(result);
  }
}
