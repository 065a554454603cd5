import type { FieldChange, Severity } from "../../model";
import type { El } from "./dom";
import { type Child, h, name, revealing, spoken } from "./elements";
import { badge } from "./icons";
import { commonEnds, folded, type Line, lineDiff } from "./lines";
import { isScalar, scalar, yamlLines } from "./yaml";

/** Lines of a field that are shown before somebody asks for all of them. */
const FIRST_LINES = 120;

/** Characters of a text that are drawn before somebody asks for all of them. */
const LONGEST = 2000;

/** Fields of an object that are shown before somebody asks for all of them. */
const FIRST_FIELDS = 60;

/** What differs in an object: each field with its path, before and after. */
export function fieldList(fields: readonly FieldChange[], faults: ReadonlyMap<string, Severity>): El {
  const draw = (some: readonly FieldChange[]) => some.map((field) => fieldBox(field, faults.get(field.path)));
  const rest = fields.slice(FIRST_FIELDS);
  return h(
    "div.fields",
    {},
    ...draw(fields.slice(0, FIRST_FIELDS)),
    rest.length > 0 && revealing("more", `Show ${rest.length} more fields`, () => draw(rest)),
  );
}

function fieldBox(field: FieldChange, fault: Severity | undefined): El {
  const { path, before, after, reordered } = field;
  const isNew = before === undefined;
  const isGone = after === undefined;
  const word = reordered ? "other order" : isNew ? "new" : isGone ? "gone" : undefined;
  const isShort = isLine(before) && isLine(after);
  return h(
    "div.field",
    {},
    h(
      "div.path",
      {},
      path === "" ? h("span", {}, isNew ? "the whole object, new" : "the whole object, gone") : name(path),
      path !== "" && word !== undefined && h("span.note", {}, word),
      fault && badge(fault),
    ),
    isShort ? pairOf(before, after) : linesOf(linesIn(before), linesIn(after)),
  );
}

function isLine(value: unknown): boolean {
  return isScalar(value) && !(typeof value === "string" && value.includes("\n"));
}

function linesIn(value: unknown): readonly string[] {
  return value === undefined ? [] : yamlLines(value);
}

/** Two values of one line, side by side, with what differs marked. */
function pairOf(before: unknown, after: unknown): El {
  const [old, fresh] = [before, after].map((value) => (value === undefined ? undefined : scalar(value)));
  const [start, end] = old !== undefined && fresh !== undefined ? commonEnds(old, fresh) : [0, 0];
  const box = (text: string | undefined, kind: "old" | "fresh") =>
    h(
      `div.value.${text === undefined ? "none" : kind}`,
      {},
      text !== undefined && spoken(kind === "old" ? "before: " : "after: "),
      text === undefined
        ? h("span.note", {}, kind === "old" ? "was not there" : "is gone")
        : h("code", {}, ...(start + end === 0 ? clipped(text) : marked(text, start, end))),
    );
  return h("div.pair", {}, box(old, "old"), box(fresh, "fresh"));
}

/** A text with its middle marked: what comes before is clipped at its start, what comes after at its end. */
function marked(text: string, start: number, end: number): readonly Child[] {
  const last = text.length - end;
  const [cut, tail] = [Math.max(0, start - LONGEST), clipped(text.slice(last))];
  return [
    cut > 0 && revealing("fold", `${cut} equal characters`, () => [text.slice(0, cut)], "span"),
    text.slice(cut, start),
    start < last && h("mark", {}, ...clipped(text.slice(start, last))),
    ...tail,
  ];
}

/** A text of which no more is drawn at first than somebody reads. */
function clipped(text: string): readonly Child[] {
  const rest = text.slice(LONGEST);
  if (rest === "") return [text];
  return [text.slice(0, LONGEST), revealing("more", `${rest.length} more characters`, () => [rest], "span")];
}

/** Values of several lines, as one text with signs. */
function linesOf(before: readonly string[], after: readonly string[]): El {
  const parts = folded(lineDiff(before, after)).flatMap((stretch): readonly (Line | readonly Line[])[] =>
    "lines" in stretch ? stretch.lines : [stretch.folded],
  );
  const draw = (some: typeof parts) =>
    some.map((part) =>
      "sign" in part ? lineBox(part) : revealing("fold", `${part.length} equal lines`, () => part.map(lineBox)),
    );
  const rest = parts.slice(FIRST_LINES);
  return h(
    "div.lines",
    {},
    ...draw(parts.slice(0, FIRST_LINES)),
    rest.length > 0 && revealing("more", `Show ${rest.length} more lines`, () => draw(rest)),
  );
}

function lineBox({ sign, text }: Line): El {
  const kind = sign === "+" ? "fresh" : sign === "-" ? "old" : "same";
  const word = sign === "+" ? "after: " : sign === "-" ? "before: " : "";
  return h(
    `div.line.${kind}`,
    {},
    h("span.sign", { "aria-hidden": "true" }, sign === "-" ? "−" : sign),
    word !== "" && spoken(word),
    h("code", {}, ...clipped(text)),
  );
}
