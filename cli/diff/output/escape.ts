import { plain } from "./plain";

const INVISIBLE = "\u200b";

/**
 * Words in Markdown that stay words: no markup, no HTML, no link, nobody mentioned. GitHub looks for mentions and addresses after
 * Markdown is done, so that a backslash does not stop it; an invisible space does.
 */
export function prose(text: string): string {
  return plain(text)
    .replace(/[\\`*_{}[\]()#!|<>~&$^]/g, (sign) => `\\${sign}`)
    .replaceAll("@", `@${INVISIBLE}`)
    .replaceAll("\\#", `\\#${INVISIBLE}`)
    .replaceAll("://", `:${INVISIBLE}//`)
    .replace(/\bwww\./gi, (start) => `${start.slice(0, -1)}${INVISIBLE}.`)
    .replace(/\b(GH-)(\d)/gi, `$1${INVISIBLE}$2`);
}

/** A text as code: nothing in it is markup. The marks around it are longer than any in it. */
export function code(text: string): string {
  const line = plain(text);
  if (line === "") return "";
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = "`".repeat(longest + 1);
  const padding = line.startsWith("`") || line.endsWith("`") || /^ .* $/.test(line) ? " " : "";
  return `${marks}${padding}${line}${padding}${marks}`;
}

/** A text inside HTML. */
export function html(text: string): string {
  return plain(text).replace(/[&<>"'@]/g, (sign) => `&#${sign.charCodeAt(0)};${sign === "@" ? INVISIBLE : ""}`);
}
