import type { RawProperty, RawRef, RawType } from "../data";

/** A list of types that has what some resource types need, and no prose. */
export interface Pruned {
  readonly types: readonly RawType[];
  /** Resource types that the list did not have. */
  readonly missing: readonly string[];
}

/** What is kept of an entry: its form, and nothing that explains it or that callers of functions need. */
const KEPT = [
  "$type",
  "name",
  "value",
  "pattern",
  "minLength",
  "maxLength",
  "minValue",
  "maxValue",
  "sensitive",
  "itemType",
  "elements",
  "discriminator",
  "baseProperties",
  "properties",
  "additionalProperties",
  "body",
  "readableScopes",
  "writableScopes",
] as const;

/** The part of a list that some resource types need, in the same order and numbered anew. Names compare without regard to case. */
export function prune(list: readonly RawType[], resources: readonly string[]): Pruned {
  const wanted = new Set(resources.map((name) => name.toLowerCase()));
  const roots = list.flatMap((entry, index) =>
    entry.$type === "ResourceType" && wanted.delete((entry.name ?? "").toLowerCase()) ? [index] : [],
  );
  const needed = [...reachable(list, roots)].sort((a, b) => a - b);
  const numbers = new Map(needed.map((index, number) => [index, number]));
  const renumber = (ref: RawRef): RawRef => ({ $ref: `#/${numbers.get(indexOf(ref))}` });
  const types = needed.map((index) => kept(list[index] as RawType, renumber));
  return { types, missing: resources.filter((name) => wanted.has(name.toLowerCase())) };
}

function reachable(list: readonly RawType[], roots: readonly number[]): ReadonlySet<number> {
  const seen = new Set<number>();
  const open = [...roots];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (seen.has(index)) continue;
    const entry = list[index];
    if (!entry) throw new Error(`#/${index} points at nothing`);
    seen.add(index);
    open.push(...refsOf(entry).map(indexOf));
  }
  return seen;
}

function refsOf(entry: RawType): readonly RawRef[] {
  const properties = [...Object.values(entry.properties ?? {}), ...Object.values(entry.baseProperties ?? {})];
  const single = [entry.itemType, entry.additionalProperties, entry.body].filter((ref) => ref !== undefined);
  return [...properties.map(({ type }) => type), ...Object.values(entry.elements ?? {}), ...single];
}

function kept(entry: RawType, renumber: (ref: RawRef) => RawRef): RawType {
  const copy: Record<string, unknown> = {};
  for (const key of KEPT) {
    const value = (entry as unknown as Readonly<Record<string, unknown>>)[key];
    if (value === undefined) continue;
    copy[key] = keptValue(key, value, renumber);
  }
  return copy as unknown as RawType;
}

function keptValue(key: (typeof KEPT)[number], value: unknown, renumber: (ref: RawRef) => RawRef): unknown {
  switch (key) {
    case "itemType":
    case "additionalProperties":
    case "body":
      return renumber(value as RawRef);
    case "properties":
    case "baseProperties":
      return mapped(value as Record<string, RawProperty>, ({ type, flags }) => ({ type: renumber(type), flags }));
    case "elements":
      return Array.isArray(value) ? value.map(renumber) : mapped(value as Record<string, RawRef>, renumber);
    default:
      return value;
  }
}

function mapped<T, R>(record: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

function indexOf({ $ref }: RawRef): number {
  const match = /^#\/(\d+)$/.exec($ref);
  if (!match) throw new Error(`${$ref} is no reference into the same list`);
  return Number(match[1]);
}
