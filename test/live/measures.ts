import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { markdownTable } from "../../cli/docs/markdown";
import { table } from "../../cli/table";
import { FULL, ROOT } from "./place";

/** One figure of a run. */
export interface Measure {
  /** What it belongs to, for example `push to deploy`. */
  readonly part: string;
  readonly what: string;
  readonly value: number;
  /** `s`, `MiB` or nothing for a count. */
  readonly unit: string;
}

const DOCUMENT = join(ROOT, "docs", "live-measures.md");
const LINES = join(ROOT, "reports", "live.jsonl");

/** Keeps a figure for the table at the end. */
export function measured(part: string, what: string, value: number, unit: string): void {
  if (!Number.isFinite(value)) throw new Error(`${part}, ${what}: ${value} is no figure`);
  mkdirSync(join(ROOT, "reports"), { recursive: true });
  appendFileSync(LINES, `${JSON.stringify({ part, what, value, unit } satisfies Measure)}\n`);
}

/** Prints all figures as a table and writes them to `reports/live.json`; those of everything also to `docs/live-measures.md`. */
export function printMeasures(): void {
  if (!existsSync(LINES)) return;
  const measures = readFileSync(LINES, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Measure);
  writeFileSync(join(ROOT, "reports", "live.json"), `${JSON.stringify(measures, null, 2)}\n`);
  const rows = measures.map(({ part, what, value, unit }) => [
    part,
    what,
    `${Number.isInteger(value) ? value : value.toFixed(2)}${unit ? ` ${unit}` : ""}`,
  ]);
  process.stderr.write(
    `\n${table([{ heading: "PART" }, { heading: "WHAT" }, { heading: "VALUE", numeric: true }], rows)}\n`,
  );
  if (FULL || process.env["LIVE_KEEP"] === "true") writeFileSync(DOCUMENT, documentOf(rows));
}

function documentOf(rows: readonly (readonly string[])[]): string {
  const selection = FULL ? "everything (`make test-live-full`)" : "the selection that CI runs (`make test-live`)";
  return `# What the live tests measured

The last kept run, of ${selection}, on ${cpus().length} cores with Node ${process.versions.node}. Written by that run; figures, not limits:
nothing is asserted about them. [What the rig is](live.md).

${markdownTable(["part", "what", "value"], rows)}
`;
}
