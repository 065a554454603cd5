import type { Change, DiffResult, FieldChange } from "../../model";
import { browser } from "./dom";

/** A change as the page starts with it: its fields are in a part that is read when they are looked at. */
export type ListedChange = Omit<Change, "fields"> & {
  /** How many fields differ. */
  readonly differs: number;
};

/** What the page starts with. */
export type PageReport = Omit<DiffResult, "changes"> & {
  readonly changes: readonly ListedChange[];
  /** For each part with fields, which change is its first. */
  readonly parts: readonly number[];
  /** Pages that explain rules, by id. */
  readonly ruleUrls: Readonly<Record<string, string>>;
};

/** Name of the block that holds the report, and of those that hold the fields. */
export const REPORT_BLOCK = "report";
export const fieldsBlock = (part: number): string => `fields-${part}`;

/** Reads what the page starts with. */
export function readReport(): PageReport {
  return readBlock(REPORT_BLOCK) as PageReport;
}

/** The fields of changes, by their position in the report; each part is read once. */
export function fieldReader(report: PageReport): (position: number) => readonly FieldChange[] {
  const read = new Map<number, readonly (readonly FieldChange[])[]>();
  return (position) => {
    const part = partOf(report.parts, position);
    let fields = read.get(part);
    if (!fields) {
      fields = readBlock(fieldsBlock(part)) as readonly (readonly FieldChange[])[];
      read.set(part, fields);
    }
    return fields[position - (report.parts[part] ?? 0)] ?? [];
  };
}

/** Which part holds a change: the last one that starts at or before it. */
export function partOf(starts: readonly number[], position: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

function readBlock(id: string): unknown {
  return JSON.parse(browser.document.getElementById(id)?.textContent ?? "null");
}
