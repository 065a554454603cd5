import { toYaml } from "../../base/yaml";
import { isJson, type Json } from "../validate/types";
import { readYaml } from "../validate/yaml";

/** Thrown where a text is not in the form in which `make synth` writes. */
class OtherForm extends Error {}

const OTHER_FORM = new OtherForm();
const scalars = new Map<string, unknown>();
/** Bounds the memory that remembered scalars and lines take: characters, and what keeping one costs besides. */
let room = 16_000_000;
const COST = 100;

function remember<T>(known: Map<string, T>, text: string, value: T): T {
  const size = text.length + COST;
  if (size > room) return value;
  room -= size;
  known.set(text, value);
  return value;
}

/** `toYaml` writes no longer ones. */
const LONGEST_KEY = 500;
/** Words that are text in every YAML, by far the most there are; the few that look like it and are not are left to the parser. */
const WORD = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z][A-Za-z0-9_./-]*$/i;
const QUOTED = /^(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")$/;
const KEY = /^('(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[^'"\s#&*!|>%@`{}[\],?:-][^\s:]*(?::[^\s:]+)*):(?: (.*))?$/;

/**
 * Reads a manifest that `make synth` wrote, many times as fast as a parser of all YAML; undefined where it is written otherwise. A scalar
 * counts only if it is written to the very same text again, and a line only where `toYaml` puts it, so that nothing is read wrongly.
 */
export function readCanonical(text: string): Json | undefined {
  try {
    const lines = text.split("\n");
    if (lines.pop() !== "") return undefined;
    const reader = new Reader(lines);
    const object = reader.mapping(0);
    return reader.isAtEnd() ? object : undefined;
  } catch {
    return undefined;
  }
}

/** What a line says, whatever stands around it. */
interface Line {
  readonly indent: number;
  /** Whether a dash begins it. */
  readonly isItem: boolean;
  /** Name of a member; of an item, missing. */
  readonly name?: string;
  /** What stands behind the name or the dash. */
  readonly rest: string;
  /** What that says, unless lines below say it. */
  readonly value?: unknown;
  /** The member that stands behind the dash, as deep as those below it. */
  readonly member?: Line;
}

// Manifests repeat the same few lines, and whoever reads a line once has read all that are like it.
const lines = new Map<string, Line>();

function lineOf(text: string): Line {
  return lines.get(text) ?? remember(lines, text, readLine(text));
}

function readLine(text: string): Line {
  const indent = indentOf(text);
  const own = text.slice(indent);
  if (own === "-") return { indent, isItem: true, rest: "" };
  if (own.startsWith("- ")) return readItem(own.slice(2), indent);
  const [, key = "", rest] = KEY.exec(own) ?? [];
  const name = scalar(key);
  if (typeof name !== "string" || name === "__proto__" || key.length > LONGEST_KEY || rest === "") throw OTHER_FORM;
  return { indent, isItem: false, name, rest: rest ?? "", value: inline(rest ?? "") };
}

function readItem(rest: string, indent: number): Line {
  if (rest === "") throw OTHER_FORM;
  if (QUOTED.test(rest) || !KEY.test(rest)) return { indent, isItem: true, rest, value: inline(rest) };
  return { indent, isItem: true, rest, member: readLine(" ".repeat(indent + 2) + rest) };
}

function inline(text: string): unknown {
  return text === "" || text === "{}" || text === "[]" || isText(text) ? undefined : scalar(text);
}

function isText(head: string): boolean {
  return head[0] === "|" || head[0] === ">";
}

const END: Line = { indent: -1, isItem: false, rest: "" };

class Reader {
  readonly #lines: readonly string[];
  #at = 0;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  isAtEnd(): boolean {
    return this.#at === this.#lines.length;
  }

  #line(): Line {
    const text = this.#lines[this.#at];
    return text === undefined ? END : lineOf(text);
  }

  #isItem(indent: number): boolean {
    const line = this.#line();
    return line.isItem && line.indent === indent;
  }

  /** `first` is the line at hand, or what stands behind its dash. */
  mapping(indent: number, first = this.#line()): Json {
    const object: Record<string, unknown> = {};
    let isEmpty = true;
    for (let line = first; line.indent === indent && line.name !== undefined; line = this.#line()) {
      if (Object.hasOwn(object, line.name)) throw OTHER_FORM;
      isEmpty = false;
      this.#at += 1;
      object[line.name] = line.rest === "" ? this.#below(indent) : this.#value(line, indent);
    }
    if (isEmpty) throw OTHER_FORM;
    return object;
  }

  /** What stands below a name: a list as deep as the name, or deeper members. */
  #below(indent: number): unknown {
    return this.#isItem(indent) ? this.#sequence(indent) : this.mapping(indent + 2);
  }

  #sequence(indent: number): readonly unknown[] {
    const items: unknown[] = [];
    for (let line = this.#line(); line.isItem && line.indent === indent; line = this.#line()) {
      if (line.member) items.push(this.mapping(indent + 2, line.member));
      else {
        this.#at += 1;
        items.push(line.rest === "" ? this.#sequence(indent + 2) : this.#value(line, indent));
      }
    }
    if (items.length === 0) throw OTHER_FORM;
    return items;
  }

  #value({ rest, value }: Line, indent: number): unknown {
    if (rest === "{}") return {};
    if (rest === "[]") return [];
    return isText(rest) ? this.#text(rest, indent) : value;
  }

  /** A text of several lines, which the parser of all YAML reads. */
  #text(head: string, indent: number): unknown {
    const own = [`k: ${head}`];
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#lines[this.#at] ?? "";
      if (line !== "" && indentOf(line) <= indent) break;
      own.push(line.slice(indent));
    }
    return remembered(own.join("\n"));
  }
}

function indentOf(line: string): number {
  let indent = 0;
  while (line.charCodeAt(indent) === 32) indent += 1;
  return indent;
}

function scalar(text: string): unknown {
  return WORD.test(text) ? text : remembered(`k: ${text}`);
}

/** The value of `k` in a text of nothing else. */
function remembered(text: string): unknown {
  if (scalars.has(text)) return scalars.get(text);
  const [document] = readYaml(`${text}\n`).documents;
  const value = isJson(document) ? document["k"] : undefined;
  if ((typeof value === "object" && value !== null) || toYaml({ k: value }) !== `${text}\n`) throw OTHER_FORM;
  return remember(scalars, text, value);
}
