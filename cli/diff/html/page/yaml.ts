/** Levels that are written out: nobody reads deeper, and a stranger's nesting must not exhaust the page. */
const DEEPEST = 60;

/** Texts that YAML reads as that very text, unquoted. */
const PLAIN = /^[A-Za-z_/][\w./@+=-]*(?:[ :][\w./@+=-]+)*$/;
/** Amounts that YAML reads as text although they start with a digit. */
const AMOUNT = /^\d+(?:[kKMGTPE]i?|m|s|h)$/;
const WORD = /^(?:true|false|null|yes|no|on|off|y|n|~)$/i;

/** A value as lines of YAML, for reading: text of several lines keeps them. */
export function yamlLines(value: unknown): readonly string[] {
  const lines: string[] = [];
  write(value, "", "", lines);
  return lines;
}

/** A value that is no object and no list, on one line. */
export function scalar(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value) ?? "";
  const isPlain = (PLAIN.test(value) && !WORD.test(value)) || AMOUNT.test(value);
  return isPlain ? value : JSON.stringify(value);
}

/** Whether a value has no parts of its own. */
export function isScalar(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

/** Writes a value; `lead` stands before its first line, `indent` before the others. */
function write(value: unknown, lead: string, indent: string, lines: string[]): void {
  if (indent.length > DEEPEST * 2) {
    lines.push(`${lead}… deeper than the report shows, see the JSON report`);
  } else if (typeof value === "string" && value.includes("\n")) {
    writeText(value, lead, indent, lines);
  } else if (isScalar(value)) {
    lines.push(`${lead}${scalar(value)}`);
  } else if (Array.isArray(value)) {
    if (value.length === 0) lines.push(`${lead}[]`);
    value.forEach((item, index) => {
      const inner = typeof item === "string" ? indent : `${indent}  `;
      write(item, `${index === 0 ? lead : indent}- `, inner, lines);
    });
  } else {
    writeMembers(Object.entries(value as object), lead, indent, lines);
  }
}

function writeMembers(members: readonly [string, unknown][], lead: string, indent: string, lines: string[]): void {
  if (members.length === 0) lines.push(`${lead}{}`);
  members.forEach(([key, value], index) => {
    const start = `${index === 0 ? lead : indent}${scalar(key)}:`;
    if (isScalar(value) || isEmpty(value)) write(value, `${start} `, indent, lines);
    else {
      lines.push(start);
      write(value, `${indent}  `, `${indent}  `, lines);
    }
  });
}

function writeText(text: string, lead: string, indent: string, lines: string[]): void {
  const body = text.endsWith("\n") ? text.slice(0, -1) : text;
  // YAML takes the indentation from the first line, unless it is told.
  const told = /^\s/.test(text) ? "2" : "";
  const ends = !text.endsWith("\n") ? "-" : body === "" || body.endsWith("\n") ? "+" : "";
  lines.push(`${lead}|${told}${ends}`);
  for (const line of body.split("\n")) lines.push(`${indent}  ${line}`);
}

function isEmpty(value: unknown): boolean {
  return Object.keys(value as object).length === 0;
}
