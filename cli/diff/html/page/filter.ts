import type { Severity, Status } from "../../model";

/** What rows are told apart by. */
export type Facet = "severity" | "gate" | "status" | "cluster" | "kind" | "component" | "effect";

/** Facets in the order in which they are offered, with their headings. */
export const FACETS: ReadonlyMap<Facet, string> = new Map([
  ["severity", "Severity"],
  ["gate", "Gate"],
  ["status", "Change"],
  ["cluster", "Cluster"],
  ["kind", "Kind"],
  ["component", "Kustomization"],
  ["effect", "What happens"],
]);

/** What a list shows a row of. */
export interface Row {
  readonly severity: Severity;
  /** `blocks` or `approved`, or neither. */
  readonly gate: readonly string[];
  readonly status: readonly Status[];
  readonly clusters: readonly string[];
  readonly kind: readonly string[];
  readonly component: readonly string[];
  readonly effects: readonly string[];
  /** What a search looks through, in lower case; contents are added when they have been read. */
  text: string;
}

/** What is asked for: rows with every word, and in each facet with picked values one of them. */
export interface Query {
  readonly words: readonly string[];
  readonly picked: ReadonlyMap<Facet, ReadonlySet<string>>;
}

/** What answers a query. */
export interface Answer<R> {
  readonly rows: readonly R[];
  /** By facet and value, how many rows there would be if that value were picked as well. */
  readonly counts: ReadonlyMap<Facet, ReadonlyMap<string, number>>;
}

/** The words of a search, in lower case. */
export function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** A row's values of a facet. */
export function valuesOf(row: Row, facet: Facet): readonly string[] {
  switch (facet) {
    case "severity":
      return [row.severity];
    case "gate":
      return row.gate;
    case "status":
      return row.status;
    case "cluster":
      return row.clusters;
    case "kind":
      return row.kind;
    case "component":
      return row.component;
    case "effect":
      return row.effects;
  }
}

/** Finds the rows that a query asks for, and counts what other picks would give, in one pass. */
export function answer<R extends Row>(rows: readonly R[], { words, picked }: Query): Answer<R> {
  const facets = [...FACETS.keys()];
  const counts = new Map(facets.map((facet) => [facet, new Map<string, number>()]));
  const found: R[] = [];
  for (const row of rows) {
    if (!words.every((word) => row.text.includes(word))) continue;
    const missed = facets.filter((facet) => !isPicked(row, facet, picked.get(facet)));
    if (missed.length === 0) found.push(row);
    if (missed.length > 1) continue;
    for (const facet of missed.length === 1 ? missed : facets) {
      const values = counts.get(facet);
      for (const value of valuesOf(row, facet)) values?.set(value, (values.get(value) ?? 0) + 1);
    }
  }
  return { rows: found, counts };
}

function isPicked(row: Row, facet: Facet, values: ReadonlySet<string> | undefined): boolean {
  return values === undefined || values.size === 0 || valuesOf(row, facet).some((value) => values.has(value));
}
