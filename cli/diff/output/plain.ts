/**
 * Text of a manifest on one line, without signs that steer a terminal, reorder or hide what stands around them (control and format
 * characters, for example U+202E, which writes backwards).
 */
export function plain(text: string, keepLines = false): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) =>
    keepLines && character === "\n" ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** A value on one line, cut to a length. */
export function shownValue(value: unknown, most: number): string {
  const text = plain(typeof value === "string" ? value.replaceAll("\n", "⏎") : (JSON.stringify(value) ?? "nothing"));
  return text === "" ? '""' : cut(text, most);
}

/** A text cut to a length, never in the middle of a character. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, Math.max(0, most - 1)).replace(/\p{Cs}$/u, "")}…`;
}

/** `1 object`, `2 objects`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
