const scalars = new Map<string, string>();
/** Bounds the memory that remembered scalars take; a fleet's distinct short strings are far fewer. */
const MOST_SCALARS = 50_000;
const LONGEST_REMEMBERED = 200;

/** How far a list stands to the right of the key that it is below. */
type Nesting = "" | "  ";

/**
 * An object as YAML that every parser of Kubernetes reads alike, always the same bytes. Block structure is written here, each
 * scalar by js-yaml (with the quoting that YAML 1.1 needs) and remembered: manifests repeat the same few strings, and
 * writing them anew is most of the cost of rendering a large fleet.
 */
export function toYaml(object: object, nesting: Nesting = ""): string {
  return mapping(object as Readonly<Record<string, unknown>>, "", nesting);
}

const texts = new WeakMap<object, string>();

/** {@link toYaml} of an object that nobody changes any more: it is asked for its variables, and then written. */
export function yamlOf(object: object): string {
  const known = texts.get(object);
  if (known !== undefined) return known;
  const text = toYaml(object);
  texts.set(object, text);
  return text;
}

function mapping(of: Readonly<Record<string, unknown>>, indent: string, nesting: Nesting, first = indent): string {
  let text = "";
  let lead = first;
  for (const key of Object.keys(of)) {
    const value = of[key];
    if (value === undefined) continue;
    text += `${lead}${writtenKey(key)}:${written(value, indent, nesting)}`;
    lead = indent;
  }
  return text;
}

function written(value: unknown, indent: string, nesting: Nesting): string {
  if (Array.isArray(value)) return value.length === 0 ? " []\n" : `\n${sequence(value, indent + nesting, nesting)}`;
  if (typeof value === "object" && value !== null)
    return isEmpty(value)
      ? " {}\n"
      : `\n${mapping(value as Readonly<Record<string, unknown>>, `${indent}  `, nesting)}`;
  if (typeof value === "string" && value.includes("\n")) return ` ${multiline(value, indent)}`;
  return ` ${scalar(value)}\n`;
}

function sequence(of: readonly unknown[], indent: string, nesting: Nesting): string {
  let text = "";
  for (const item of of) {
    if (Array.isArray(item) && item.length > 0) text += `${indent}-\n${sequence(item, `${indent}  `, nesting)}`;
    else if (typeof item === "object" && item !== null && !isEmpty(item))
      text += mapping(item as Readonly<Record<string, unknown>>, `${indent}  `, nesting, `${indent}- `);
    else text += `${indent}-${written(item, indent, nesting)}`;
  }
  return text;
}

function isEmpty(value: object): boolean {
  for (const key in value) {
    if ((value as Readonly<Record<string, unknown>>)[key] !== undefined) return false;
  }
  return true;
}

/** YAML takes a key without `?` only on one line and up to 1,024 characters; no key of Kubernetes comes near. */
function writtenKey(key: string): string {
  if (key.length > 500 || key.includes("\n"))
    throw new TypeError(`a manifest cannot have the key ${JSON.stringify(key.slice(0, 80))}`);
  return scalar(key);
}

function scalar(value: unknown): string {
  if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return String(value);
  if (value === null) return "null";
  if (typeof value !== "string") throw new TypeError(`a manifest cannot hold ${String(value)}`);
  const known = scalars.get(value);
  if (known !== undefined) return known;
  const text = ordinary(value) ?? quotedIfNeeded(value);
  if (value.length <= LONGEST_REMEMBERED && scalars.size < MOST_SCALARS) scalars.set(value, text);
  return text;
}

/** What js-yaml writes. It is loaded when it is first asked, which for most fleets is never, and takes Node 20 a millisecond. */
function dump(value: unknown): string {
  const yaml = require("js-yaml") as typeof import("js-yaml");
  return yaml.dump(value, { lineWidth: -1, noRefs: true });
}

function quotedIfNeeded(value: string): string {
  const dumped = dump(value).slice(0, -1);
  return dumped === value && isNumberInGo(value) ? `'${value}'` : dumped;
}

/** Printable, begins as no other kind of value does, and has neither `: ` nor ` #` in it. */
const PLAIN = /^(?:[A-Za-z/$(]|_+[A-Za-z]|\.[*/])[!-9;-~]*(?:[ :][!"$-9;-~][!-9;-~]*)*$/;
const WORD_WITH_MEANING = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
/** Quantities, durations, percentages, versions and cron schedules. */
const MEASURE = /^\d+(?:[KMG]i|[smhd%]|(?:\.\d+){2,}(?:-[a-z]+\.\d+)?|[\d*/,-]*(?: [\d*/,-]+){4})$/;
const WHOLE_NUMBER = /^\d+$/;
/** Printable, and begins with what YAML means something by, or has it inside. */
const INDICATED = /^(?:["[{*!&%@`'|>#,][ -~]*|[A-Za-z][ -~]*(?:: | #)[ -~]*)$/;

/**
 * What js-yaml writes for the strings that manifests are made of. Asking it about each is a third of writing a small fleet, and asking
 * it at all takes the 2 ms in which it makes ready.
 */
function ordinary(value: string): string | undefined {
  if (PLAIN.test(value)) {
    if (!WORD_WITH_MEANING.test(value)) return value;
    return value === value.toLowerCase() ? `'${value}'` : undefined;
  }
  if (MEASURE.test(value)) return value;
  if (WHOLE_NUMBER.test(value) || value === "") return `'${value}'`;
  return INDICATED.test(value) ? `'${value.replaceAll("'", "''")}'` : undefined;
}

/** Go takes more for a number than YAML 1.1 does: capital letters after the zero, and underscores anywhere. */
function isNumberInGo(text: string): boolean {
  return /^[-+]?(0x[\da-f]+|0o[0-7]+|0b[01]+|(\d+\.?\d*|\.\d+)(e[-+]?\d+)?)$/i.test(text.replaceAll("_", ""));
}

/** Printable lines of which the first is not indented, with at most one line end after the last. */
const PLAIN_LINES = /^[!-~][ -~]*(?:\n+[ -~]+)*\n?$/;

/** A text of several lines as js-yaml writes it below a key, moved to this depth. */
function multiline(value: string, indent: string): string {
  if (!PLAIN_LINES.test(value)) return dumpedLines(value, indent);
  const ends = value.endsWith("\n");
  const lines = (ends ? value.slice(0, -1) : value).split("\n");
  return `${ends ? "|" : "|-"}\n${lines.map((line) => (line === "" ? "\n" : `${indent}  ${line}\n`)).join("")}`;
}

/** The key after it keeps js-yaml from ending the document with `...`, as it must where a text ends in empty lines. */
function dumpedLines(value: string, indent: string): string {
  const lines = dump({ k: value, z: 0 }).slice("k: ".length, -"z: 0\n".length).split("\n");
  return lines.map((line, index) => (index === 0 || line === "" ? line : indent + line)).join("\n");
}
