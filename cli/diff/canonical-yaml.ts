import { toYaml } from "../tree/yaml";
import { isJson, type Json } from "../validate/types";
import { readYaml } from "../validate/yaml";

/** Thrown where a text is not in the form in which `make synth` writes. */
class OtherForm extends Error {}

const OTHER_FORM = new OtherForm();
const scalars = new Map<string, unknown>();
/** Bounds the memory that remembered scalars take. */
const MOST_SCALARS = 50_000;
const LONGEST_REMEMBERED = 200;
/** Words that are text in every YAML, by far the most there are; the few that look like it and are not are left to the parser. */
const WORD = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z][A-Za-z0-9_./-]*$/i;
const QUOTED = /^(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")$/;
const KEY = /^('(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[^'"\s#&*!|>%@`{}[\],?:-][^\s:]*(?::[^\s:]+)*):(?: (.*))?$/;

/**
 * Reads a manifest that `make synth` wrote, ten times as fast as a parser of all YAML; undefined where it is written otherwise. What is
 * read counts only if it is written to the very same text again, so that it cannot be read wrongly.
 */
export function readCanonical(text: string): Json | undefined {
  try {
    const lines = text.split("\n");
    if (lines.pop() !== "") return undefined;
    const reader = new Reader(lines);
    const object = reader.block(0);
    return reader.isAtEnd() && isJson(object) && toYaml(object) === text ? object : undefined;
  } catch {
    return undefined;
  }
}

class Reader {
  readonly #lines: string[];
  #at = 0;

  constructor(lines: string[]) {
    this.#lines = lines;
  }

  isAtEnd(): boolean {
    return this.#at === this.#lines.length;
  }

  block(indent: number): unknown {
    return this.#isItem(indent) ? this.#sequence(indent) : this.#mapping(indent);
  }

  #isItem(indent: number): boolean {
    const line = this.#lines[this.#at] ?? "";
    return (
      indentOf(line) === indent && line[indent] === "-" && (line.length === indent + 1 || line[indent + 1] === " ")
    );
  }

  #mapping(indent: number): Json {
    const object: Record<string, unknown> = {};
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at] ?? "";
      if (indentOf(line) !== indent || this.#isItem(indent)) break;
      const [, key = "", rest = ""] = KEY.exec(line.slice(indent)) ?? [];
      const name = scalar(key);
      if (typeof name !== "string" || key === "" || name === "__proto__") throw OTHER_FORM;
      this.#at += 1;
      object[name] = rest === "" ? this.block(this.#isItem(indent) ? indent : indent + 2) : this.#value(rest, indent);
    }
    if (Object.keys(object).length === 0) throw OTHER_FORM;
    return object;
  }

  #sequence(indent: number): readonly unknown[] {
    const items: unknown[] = [];
    while (this.#isItem(indent)) {
      const rest = (this.#lines[this.#at] ?? "").slice(indent + 2);
      if (rest === "") {
        this.#at += 1;
        items.push(this.block(indent + 2));
      } else if (!QUOTED.test(rest) && KEY.test(rest)) {
        // The item's first member stands behind the dash, as deep as the others.
        this.#lines[this.#at] = " ".repeat(indent + 2) + rest;
        items.push(this.#mapping(indent + 2));
      } else {
        this.#at += 1;
        items.push(this.#value(rest, indent));
      }
    }
    return items;
  }

  #value(text: string, indent: number): unknown {
    if (text === "{}") return {};
    if (text === "[]") return [];
    return text[0] === "|" || text[0] === ">" ? this.#text(text, indent) : scalar(text);
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

function remembered(text: string): unknown {
  if (scalars.has(text)) return scalars.get(text);
  const [document] = readYaml(`${text}\n`).documents;
  const value = isJson(document) ? document["k"] : undefined;
  if (typeof value === "object" && value !== null) throw OTHER_FORM;
  if (text.length <= LONGEST_REMEMBERED && scalars.size < MOST_SCALARS) scalars.set(text, value);
  return value;
}
