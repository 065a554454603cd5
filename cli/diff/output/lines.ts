import { toYaml } from "../../../base/yaml";
import type { FieldChange } from "../model";
import { cut, plain, shownValue } from "./plain";

/** A line of a difference: what was, what is, and what stands around it. */
export interface Line {
  readonly sign: "-" | "+" | " ";
  readonly text: string;
}

/** Bounds on what is shown of a field; the JSON has all of it. */
export interface LineLimits {
  /** Characters of a line. */
  readonly width: number;
  /** Lines of a text. */
  readonly lines: number;
}

/** A field's change as lines; a text of several lines by its lines that differ. */
export function linesOf({ path, before, after, reordered }: FieldChange, limits: LineLimits): readonly Line[] {
  const place = path === "" ? "" : `${plain(path)}: `;
  if (reordered)
    return [{ sign: " ", text: cut(`${place}in another order: ${shownValue(after, limits.width)}`, limits.width) }];
  if (isText(before) && isText(after))
    return [{ sign: " ", text: cut(place.trimEnd(), limits.width) }, ...textLines(before, after, limits)];
  if (path === "") return wholeLines(before, after, limits);
  const line = (sign: "-" | "+", value: unknown): readonly Line[] =>
    value === undefined ? [] : [{ sign, text: cut(`${place}${shownValue(value, limits.width)}`, limits.width) }];
  return [...line("-", before), ...line("+", after)];
}

/** An object that comes or goes, as the YAML that it is. */
function wholeLines(before: unknown, after: unknown, { width, lines }: LineLimits): readonly Line[] {
  const sign = after === undefined ? "-" : "+";
  const all = toYaml((after ?? before) as object)
    .trimEnd()
    .split("\n");
  const shown = all.slice(0, lines).map((text): Line => ({ sign, text: cut(plain(text), width) }));
  return all.length > shown.length
    ? [...shown, { sign: " ", text: `… and ${all.length - shown.length} lines more` }]
    : shown;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trimEnd().includes("\n");
}

/** Lines between the equal ones at the beginning and at the end. */
function textLines(before: string, after: string, { width, lines }: LineLimits): readonly Line[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const all = [
    ...old.slice(head, old.length - tail).map((text): Line => ({ sign: "-", text })),
    ...now.slice(head, now.length - tail).map((text): Line => ({ sign: "+", text })),
  ];
  const shown = all.slice(0, lines).map(({ sign, text }) => ({ sign, text: cut(`  ${plain(text)}`, width) }));
  return all.length > shown.length
    ? [...shown, { sign: " ", text: `  … and ${all.length - shown.length} lines more` }]
    : shown;
}
