import type { DiffResult, FieldChange } from "../model";
import type { ListedChange, PageReport } from "./page/report";

/** A report in parts: a page reads the first to start, and the others when somebody looks into an object. */
export interface Embedded {
  readonly report: string;
  readonly parts: readonly string[];
}

/** Characters of JSON in a part, about: small enough to be read while somebody waits for a row to open. */
const PART_SIZE = 200_000;

const ESCAPES: ReadonlyMap<string, string> = new Map(
  ["<", ">", "&", "\u2028", "\u2029"].map((character) => [
    character,
    `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  ]),
);

/** JSON that can stand in an HTML script block: nothing in it ends the block, or looks like markup to anything that reads the page. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => ESCAPES.get(character) ?? "");
}

/** Splits a result into what the page starts with and the fields of its changes. */
export function embed(result: DiffResult, ruleUrls: Readonly<Record<string, string>> = {}): Embedded {
  const starts: number[] = [];
  const parts: string[] = [];
  let pending: string[] = [];
  let size = 0;
  const flush = () => {
    if (pending.length > 0) parts.push(`[${pending.join(",")}]`);
    pending = [];
    size = 0;
  };
  const changes = result.changes.map(({ fields, ...change }, position): ListedChange => {
    if (pending.length === 0) starts.push(position);
    const json = scriptJson(fields satisfies readonly FieldChange[]);
    pending.push(json);
    size += json.length;
    if (size >= PART_SIZE) flush();
    return { ...change, differs: fields.length };
  });
  flush();
  const report: PageReport = { ...result, changes, parts: starts, ruleUrls };
  return { report: scriptJson(report), parts };
}
