import type { Facet, Query } from "./filter";
import { wordsOf } from "./filter";
import type { PageReport } from "./report";
import type { ChangeRow, Rows } from "./rows";
import { wellFormed } from "./visible";

/** The views of the page, in the order of their tabs. */
export type ViewId = "overview" | "findings" | "changes" | "graph" | "versions";

/** What the reader has asked for, and who has to know. */
export interface Filter {
  query(): Query;
  /** What was typed. */
  text(): string;
  setText(text: string): void;
  toggle(facet: Facet, value: string): void;
  /** Asks for exactly these, and nothing else. */
  only(picked: Iterable<readonly [Facet, string]>): void;
  clear(): void;
  isEmpty(): boolean;
  /** Calls back at once and after every change. */
  listen(listener: () => void): void;
  /** Tells those who listen that rows have changed. */
  refresh(): void;
}

/** What all views share. */
export interface App extends Rows {
  readonly report: PageReport;
  readonly filter: Filter;
  /** Fields of a change. */
  readonly fieldsOf: (row: ChangeRow) => ReturnType<ReturnType<typeof import("./report").fieldReader>>;
  /** Goes to a view. */
  readonly show: (view: ViewId) => void;
  /** Goes to a list, filtered by exactly these. */
  ask(view: "findings" | "changes", ...picked: readonly (readonly [Facet, string])[]): void;
  /** Whether keys without a modifier do something. */
  keys: boolean;
}

/** The address of something in the page. */
export function linkTo(place: "change" | "rule" | "graph", id: string): string {
  return `#${place}=${encodeURIComponent(wellFormed(id))}`;
}

/** Makes a filter that lets everything through. */
export function createFilter(): Filter {
  const listeners: (() => void)[] = [];
  let text = "";
  let picked: ReadonlyMap<Facet, ReadonlySet<string>> = new Map();
  const refresh = () => {
    for (const listener of listeners) listener();
  };
  const set = (next: typeof picked, nextText = text) => {
    picked = new Map([...next].filter(([, values]) => values.size > 0));
    text = nextText;
    refresh();
  };
  return {
    query: () => ({ words: wordsOf(text), picked }),
    text: () => text,
    setText: (next) => set(picked, next),
    toggle(facet, value) {
      const values = new Set(picked.get(facet));
      if (!values.delete(value)) values.add(value);
      set(new Map([...picked, [facet, values]]));
    },
    only: (pairs) => set(new Map([...pairs].map(([facet, value]) => [facet, new Set([value])])), ""),
    clear: () => set(new Map(), ""),
    isEmpty: () => text.trim() === "" && picked.size === 0,
    listen(listener) {
      listeners.push(listener);
      listener();
    },
    refresh,
  };
}
