import type { Path } from "./problem";

/**
 * Data of which some parts may be malformed and left out, so that rules still see the rest.
 * A property that is malformed is there with the value `undefined`; one that was never given is not there.
 */
export type Draft<T> = T extends string | number | boolean | undefined
  ? T
  : T extends readonly (infer Entry)[]
    ? readonly (Draft<Entry> | undefined)[]
    : { readonly [Key in keyof T]?: Draft<T[Key]> };

/** A part of the data to leave out: `malformed` leaves a mark, `unknown` nothing. */
export interface LeftOut {
  readonly at: Path;
  readonly because: "malformed" | "unknown";
}

interface Node {
  because?: LeftOut["because"];
  readonly below: Map<PropertyKey, Node>;
}

/** The data without the parts to leave out. Whoever calls vouches that the rest has the shape of `T`. */
export function draftOf<T>(input: unknown, leftOut: readonly LeftOut[]): Draft<T> | undefined {
  const root: Node = { below: new Map() };
  for (const { at, because } of leftOut) nodeAt(root, at).because = because;
  return copy(input, root) as Draft<T> | undefined;
}

/** Whether a property is there but too malformed to be looked at. */
export function malformed<T extends object>(owner: T, key: keyof T): boolean {
  return Object.hasOwn(owner, key) && owner[key] === undefined;
}

/** Whether a list is there, all its entries are well-formed, and none of them is `item`. */
export function lacks<T>(list: readonly (T | undefined)[] | undefined, item: T): boolean {
  return list !== undefined && !list.includes(undefined) && !list.includes(item);
}

/** The entries of a list that are well-formed. */
export function wellFormed<T>(list: readonly (T | undefined)[] | undefined): readonly T[] {
  return (list ?? []).filter((entry): entry is T => entry !== undefined);
}

function nodeAt(root: Node, at: Path): Node {
  let node = root;
  for (const key of at) {
    const next = node.below.get(key) ?? { below: new Map() };
    node.below.set(key, next);
    node = next;
  }
  return node;
}

function copy(value: unknown, node: Node | undefined): unknown {
  if (node?.because) return undefined;
  if (Array.isArray(value)) return value.map((entry, index) => copy(entry, node?.below.get(index)));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, entry]) => entry !== undefined && node?.below.get(key)?.because !== "unknown",
  );
  return Object.fromEntries(kept.map(([key, entry]) => [key, copy(entry, node?.below.get(key))]));
}
