import { fieldOfPointer } from "./types";

/** One violated rule. */
export interface Violation {
  readonly path: string;
  readonly message: string;
}

/**
 * The violations in kubeconform's message about an invalid object. Its list of errors holds only the topmost level ("validation
 * failed"), the message has them all: `… - at '/spec': validation failed   - at '/spec/replicas': got string, want integer`.
 */
export function violationsIn(message: string): readonly Violation[] {
  const marks = [...message.matchAll(/(?<! )( +)- at '((?:[^'\\]|\\.)*)': /g)];
  const violations: Violation[] = [];
  // What is wrong in each alternative of a failed anyOf or oneOf is noise beside the fact that none fits.
  let muted = Number.POSITIVE_INFINITY;
  for (const [index, mark] of marks.entries()) {
    const depth = mark[1]?.length ?? 0;
    if (depth > muted) continue;
    const text = message.slice(mark.index + mark[0].length, marks[index + 1]?.index).trim();
    muted = /^(anyOf|oneOf|not) failed/.test(text) ? depth : Number.POSITIVE_INFINITY;
    if (text === "validation failed" || text.startsWith("allOf failed")) continue;
    const path = fieldOfPointer(unquoted(mark[2] ?? ""));
    for (const said of wording(text)) violations.push({ path, message: said });
  }
  return violations.length > 0 ? violations : [{ path: "", message: withoutPreamble(message) }];
}

/** Says in kubeconform's words and ours alike what both engines find most. */
function wording(text: string): readonly string[] {
  const unknown = /^additional propert(?:y|ies) (.*) not allowed$/.exec(text);
  if (unknown) return quoted(unknown[1] ?? "").map(unknownField);
  const missing = /^missing propert(?:y|ies) (.*)$/.exec(text);
  if (missing) return quoted(missing[1] ?? "").map(missingField);
  return [text];
}

/** A field the kind does not have. */
export function unknownField(name: string): string {
  return `unknown field ${JSON.stringify(name)}`;
}

/** A field the kind must have. */
export function missingField(name: string): string {
  return `missing field ${JSON.stringify(name)}`;
}

function quoted(list: string): readonly string[] {
  return [...list.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map((match) => unquoted(match[1] ?? "")).sort();
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", a: "\x07", b: "\b", f: "\f", v: "\v" };

/** Undoes Go's quoting. */
function unquoted(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/g,
    (_, x?: string, u?: string, long?: string, character?: string) => {
      const code = x ?? u ?? long;
      if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
      return ESCAPES[character ?? ""] ?? character ?? "";
    },
  );
}

function withoutPreamble(message: string): string {
  return message.replace(/^problem validating schema\. Check JSON formatting: /, "");
}

/** What kubeconform says of a file that it cannot read, without the layers it comes through. */
export function readingError(message: string): string {
  return message.replace(
    /^(error unmarshalling resource: |error converting YAML to JSON: |error unmarshaling JSON: |while decoding JSON: |error while parsing: )+/,
    "",
  );
}
