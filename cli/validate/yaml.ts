import {
  CORE_SCHEMA,
  defineMappingTag,
  defineScalarTag,
  EVENT_ID,
  loadAll,
  mapTag,
  mergeTag,
  NOT_RESOLVED,
  parseEvents,
  SCALAR_STYLE,
} from "js-yaml";

/** What a YAML text holds. */
export interface YamlText {
  readonly documents: readonly unknown[];
  /** Unquoted words that YAML 1.1 reads as booleans and YAML 1.2 as text, as far as they were read as booleans. */
  readonly oldBooleans: readonly string[];
}

/** More nodes than any manifest has, fewer than nested aliases can make of a few lines. */
const MOST_NODES = 1_000_000;

/**
 * Reads YAML as Kubernetes does (Go's YAML 1.1 resolution: `yes` is a boolean, `0777` is octal, a date is text), so that a value has
 * the type here that it has there. Throws on what is no YAML, on keys given twice, and on what JSON cannot hold.
 */
export function readYaml(text: string): YamlText {
  const mark = text.search(OLD_LINE_ENDS);
  if (mark >= 0)
    throw new Error(`it has the invisible character ${codePoint(text, mark)}, which ends a line in YAML 1.1`);
  oldBooleans = [];
  const documents = loadAll(text, { schema: SCHEMA });
  if (/[&*]/.test(text)) refuseExplosion(documents);
  if (SURROGATE.test(text)) refuseSurrogates(text);
  return { documents, oldBooleans };
}

// YAML 1.2 takes them for text, Go's parser for the end of a line.
const OLD_LINE_ENDS = /[\u0085\u2028\u2029]/;

function codePoint(text: string, at: number): string {
  return `U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0")}`;
}

// The parser is synchronous, so one list for the text at hand is enough.
let oldBooleans: string[] = [];

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...["true", "True", "TRUE"].map((word) => [word, true] as const),
  ...["false", "False", "FALSE"].map((word) => [word, false] as const),
]);
const OLD_BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...["y", "Y", "yes", "Yes", "YES", "on", "On", "ON"].map((word) => [word, true] as const),
  ...["n", "N", "no", "No", "NO", "off", "Off", "OFF"].map((word) => [word, false] as const),
]);
const NULLS: ReadonlySet<string> = new Set(["", "~", "null", "Null", "NULL"]);
const NOT_FINITE = /^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+)|(0|[1-9][0-9]*))$/;
const DIGITS = [..."0123456789"];

const boolean = defineScalarTag<boolean>("tag:yaml.org,2002:bool", {
  implicit: true,
  implicitFirstChars: [..."yYnNtTfFoO"],
  identify: (value) => typeof value === "boolean",
  resolve: (source) => {
    const old = OLD_BOOLEANS.get(source);
    if (old !== undefined) oldBooleans.push(source);
    return old ?? BOOLEANS.get(source) ?? NOT_RESOLVED;
  },
});

const nothing = defineScalarTag<null>("tag:yaml.org,2002:null", {
  implicit: true,
  implicitFirstChars: ["", ..."~nN"],
  identify: (value) => value === null,
  resolve: (source) => (NULLS.has(source) ? null : NOT_RESOLVED),
});

const integer = defineScalarTag<number>("tag:yaml.org,2002:int", {
  implicit: true,
  implicitFirstChars: [..."-+", ...DIGITS],
  identify: (value) => Number.isInteger(value),
  resolve: (source) => {
    const match = INTEGER.exec(source.replaceAll("_", ""));
    if (!match) return NOT_RESOLVED;
    const [, sign, hex, octal, binary, decimal] = match;
    const digits = hex ?? octal ?? binary ?? decimal ?? "";
    const radix = hex ? 16 : octal ? 8 : binary ? 2 : 10;
    return (sign === "-" ? -1 : 1) * Number.parseInt(digits, radix);
  },
});

const float = defineScalarTag<number>("tag:yaml.org,2002:float", {
  implicit: true,
  implicitFirstChars: [..."-+.", ...DIGITS],
  identify: (value) => typeof value === "number",
  resolve: (source) => {
    if (NOT_FINITE.test(source)) throw new Error(`JSON has no ${source}`);
    const plain = source.startsWith(".") ? source : source.replaceAll("_", "");
    const value = FLOAT.test(plain) ? Number(plain) : Number.NaN;
    return Number.isFinite(value) ? value : NOT_RESOLVED;
  },
});

const mapping = defineMappingTag<Record<string, unknown>>("tag:yaml.org,2002:map", {
  ...mapTag,
  addPair: (carrier, key, value) => (key === null ? "JSON has no null keys" : mapTag.addPair(carrier, key, value)),
});

const SCHEMA = CORE_SCHEMA.withTags(boolean, nothing, integer, float, mapping, mergeTag);

// Half a character as an escape: JavaScript puts two together, Go refuses them.
const SURROGATE = /(?<!\\)(?:\\\\)*\\(?:u|U0000)[dD][89a-fA-F]/;

function refuseSurrogates(text: string): void {
  for (const event of parseEvents(text, {})) {
    if (event.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.DOUBLE_QUOTED) continue;
    if (SURROGATE.test(text.slice(event.valueStart, event.valueEnd))) {
      throw new Error("it has a character in two halves (\\ud83d\\ude42); write the character itself");
    }
  }
}

function refuseExplosion(documents: readonly unknown[]): void {
  let nodes = 0;
  const pending: unknown[] = [...documents];
  while (pending.length > 0) {
    const value = pending.pop();
    nodes += 1;
    if (nodes > MOST_NODES) throw new Error("its aliases make it larger than any manifest is");
    if (typeof value !== "object" || value === null) continue;
    for (const child of Object.values(value)) pending.push(child);
  }
}
