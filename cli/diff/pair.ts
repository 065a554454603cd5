import { objectName } from "../validate/location";
import type { Json } from "../validate/types";
import { type Delta, type Entry, kindOf } from "./entry";
import type { FieldChange } from "./model";
import type { Sides } from "./read";
import { type SortKey, sortedBy } from "./sort";
import { canonical, diffValues } from "./values";

/** Every object that differs, and how many files differ in nothing but their text. */
export interface Pairs {
  readonly deltas: readonly Delta[];
  readonly sameButText: number;
}

/** Matches the objects of both sides: by what they are, and what is left by content, which finds renamed ones. */
export function pairUp({ before, after }: Pick<Sides, "before" | "after">): Pairs {
  const compare = remembered();
  const old = new Set(before.changed);
  const deltas: Delta[] = [];
  const added: Entry[] = [];
  let sameButText = 0;
  for (const entry of after.changed) {
    const was = before.lookup.get(entry.cluster)?.get(entry.key);
    if (!was || !old.delete(was)) {
      added.push(entry);
      continue;
    }
    const fields = compare(was, entry);
    if (was.component !== entry.component) deltas.push(delta("moved", was, entry, fields));
    else if (fields.length > 0) deltas.push(delta("changed", was, entry, fields));
    else sameButText += 1;
  }
  const renamed = renames([...old], added);
  for (const [was, entry] of renamed) deltas.push(delta("renamed", was, entry, compare(was, entry)));
  const gone = new Set(renamed.keys());
  const come = new Set(renamed.values());
  for (const entry of added)
    if (!come.has(entry)) deltas.push(delta("added", undefined, entry, [{ path: "", after: entry.content }]));
  for (const entry of old) {
    if (!gone.has(entry)) deltas.push(delta("removed", entry, undefined, [{ path: "", before: entry.content }]));
  }
  return { deltas: sortedBy(deltas, placeOf), sameButText };
}

function delta(
  status: Delta["status"],
  before: Entry | undefined,
  after: Entry | undefined,
  fields: readonly FieldChange[],
): Delta {
  const { cluster, component, ref } = (after ?? before) as Entry;
  return { status, cluster, component, ref, ...(before && { before }), ...(after && { after }), fields };
}

function placeOf({ component, ref, cluster }: Delta): SortKey {
  return [component, objectName(ref), ref.apiVersion, cluster];
}

/** Compares two contents once, however many clusters have them. */
function remembered(): (one: Entry, other: Entry) => readonly FieldChange[] {
  const known = new WeakMap<Json, WeakMap<Json, readonly FieldChange[]>>();
  return ({ content: one }, { content: other }) => {
    const inner = known.get(one) ?? new WeakMap<Json, readonly FieldChange[]>();
    known.set(one, inner);
    const fields = inner.get(other) ?? diffValues(one, other);
    inner.set(other, fields);
    return fields;
  };
}

/** Removed objects with the added ones that have the same content under another name; only where there is no doubt which. */
function renames(removed: readonly Entry[], added: readonly Entry[]): ReadonlyMap<Entry, Entry> {
  const found = new Map<Entry, Entry>();
  for (const likeness of [exactly, apartFromOwnName]) {
    const taken = new Set(found.values());
    const left = grouped(
      removed.filter((entry) => !found.has(entry)),
      likeness,
    );
    const right = grouped(
      added.filter((entry) => !taken.has(entry)),
      likeness,
    );
    for (const [text, [one, ...more]] of left) {
      const [other, ...others] = right.get(text) ?? [];
      if (one && other && more.length === 0 && others.length === 0) found.set(one, other);
    }
  }
  return found;
}

function grouped(entries: readonly Entry[], likeness: (entry: Entry) => string): ReadonlyMap<string, readonly Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const text = `${entry.cluster} ${kindOf(entry.ref)} ${likeness(entry)}`;
    const known = groups.get(text);
    if (known) known.push(entry);
    else groups.set(text, [entry]);
  }
  return groups;
}

function exactly({ content }: Entry): string {
  const { metadata, apiVersion: _, ...rest } = content as { metadata: Json; apiVersion: string };
  const { name: _name, namespace: _namespace, ...others } = metadata;
  return canonical({ ...rest, metadata: others });
}

// Labels, selectors and images mostly repeat the name. A shorter one would be found in words that have nothing to do with it.
const SHORTEST = 3;

function apartFromOwnName(entry: Entry): string {
  const { name, namespace } = entry.ref;
  const text = exactly(entry);
  const unnamed = name.length < SHORTEST ? text : text.replaceAll(name, "\u0001");
  return namespace === undefined || namespace.length < SHORTEST ? unnamed : unnamed.replaceAll(namespace, "\u0002");
}
