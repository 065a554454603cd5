import { locationOf, objectName } from "./location";
import type { Finding, ValidationReport } from "./types";

/** How a report is shown to a person. */
export interface ReadableOptions {
  /** @default whether standard error is a terminal and NO_COLOR is unset */
  readonly colour?: boolean;
  /** The most findings shown; the rest are counted. @default 200 */
  readonly most?: number;
}

/** A report for people: findings by file, each with its fix, and a summary. */
export function readable(report: ValidationReport, options: ReadableOptions = {}): string {
  const paint = painter(options.colour ?? hasColour(process.stderr));
  const { findings, warning } = report;
  const shown = findings.slice(0, options.most ?? 200);
  const lines: string[] = [];
  let place: string | undefined;
  for (const finding of shown) {
    const here = placeOf(report, finding);
    if (here !== place) lines.push(...(place === undefined ? [] : [""]), paint("bold", here));
    place = here;
    lines.push(...linesOf(finding, paint));
  }
  if (findings.length > shown.length) {
    lines.push("", `… and ${findings.length - shown.length} more; --format json lists all`);
  }
  if (warning !== undefined) lines.push(...(lines.length > 0 ? [""] : []), paint("yellow", plain(warning, true)));
  return [...lines, ...(lines.length > 0 ? [""] : []), summary(report, paint)].join("\n");
}

/** Whether a stream shows colours, and the person wants them (https://no-color.org). */
export function hasColour(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): boolean {
  return stream.isTTY === true && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
}

function placeOf(report: ValidationReport, { file, object }: Finding): string {
  return plain(`${locationOf(report, file)}${object ? `  ${objectName(object)}` : ""}`);
}

function linesOf({ rule, path, reason, fix }: Finding, paint: Paint): readonly string[] {
  const where = path === "" ? "" : `${plain(path)}: `;
  const said = plain(reason, true).replaceAll("\n", "\n    ");
  return [`  ${paint("red", "✗")} ${where}${said} ${paint("dim", `[${rule}]`)}`, `    fix: ${plain(fix)}`];
}

function summary({ folder, engine, files, objects, findings, exitCode }: ValidationReport, paint: Paint): string {
  const looked = `${count(objects, "object")} in ${count(files.length, "file")} of ${plain(folder)}, schemas by ${plain(engine)}`;
  if (findings.length === 0) return `${paint("green", "✓")} valid: ${looked}`;
  const inFiles = new Set(findings.map(({ file }) => file)).size;
  const verdict = exitCode === 2 ? "not validated" : "not valid";
  return `${paint("red", "✗")} ${verdict}: ${count(findings.length, "finding")} in ${count(inFiles, "file")}; ${looked}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

type Colour = "bold" | "dim" | "red" | "green" | "yellow";
type Paint = (colour: Colour, text: string) => string;

const CODES: Readonly<Record<Colour, string>> = { bold: "1", dim: "2", red: "31", green: "32", yellow: "33" };

function painter(isColoured: boolean): Paint {
  return (colour, text) => (isColoured ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text);
}

/** A manifest's words must not steer the terminal. */
function plain(text: string, keepLines = false): string {
  return text.replace(/\p{Cc}/gu, (character) =>
    keepLines && character === "\n" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
