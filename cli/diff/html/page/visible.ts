/** A run of text that is shown as it is, or one character that is shown as its code point. */
export interface Part {
  readonly text: string;
  /** What stands for it, for example `U+202E`; missing where the text stands for itself. */
  readonly label?: string;
}

/**
 * Characters that nobody sees, or that change how others are seen: controls, formatting (bidirectional overrides, joiners, tags), halves
 * of pairs, private use, ignorable ones (variation selectors, fillers), separators of lines, spaces that are no space, the empty braille cell.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|[^\P{Zs} ]/u;

/** Names are ASCII by the rules of Kubernetes: any other letter in one is there to be taken for another. */
const NOT_ASCII = /[^ -~]/u;

const EVERY_HIDDEN = new RegExp(HIDDEN, "gu");
const EVERY_NOT_ASCII = new RegExp(NOT_ASCII, "gu");

const SHORT: ReadonlyMap<string, string> = new Map([
  ["\t", "⇥"],
  ["\n", "⏎"],
  ["\r", "␍"],
]);

/** Splits text into what can be shown as it is and characters that must be spelt out; in a name all but ASCII is. */
export function partsOf(text: string, isName = false): readonly Part[] {
  if (!(isName ? NOT_ASCII : HIDDEN).test(text)) return text === "" ? [] : [{ text }];
  const parts: Part[] = [];
  let start = 0;
  for (const match of text.matchAll(isName ? EVERY_NOT_ASCII : EVERY_HIDDEN)) {
    if (match.index > start) parts.push({ text: text.slice(start, match.index) });
    parts.push({ text: match[0], label: SHORT.get(match[0]) ?? codePoint(match[0]) });
    start = match.index + match[0].length;
  }
  if (start < text.length) parts.push({ text: text.slice(start) });
  return parts;
}

/** The same as one text, for attributes and drawings: `[U+202E]` stands for a character that nobody would see. */
export function plain(text: string): string {
  return partsOf(text)
    .map((part) => (part.label === undefined ? part.text : `[${part.label}]`))
    .join("");
}

/** For example `U+200B`. */
function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Text without halves of characters, which no address can carry. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, "\u{FFFD}");
}
