import type { Entry } from "./entry";
import { refuse } from "./refuse";
import type { Source } from "./sources/source";

/** Objects by their cluster, then by what tells them apart there. */
export type Lookup = ReadonlyMap<string, ReadonlyMap<string, Entry>>;

/** Finds objects of one side fast. Throws where a cluster has one twice. */
export function lookupOf({ side }: Source, lists: readonly (readonly Entry[])[]): Lookup {
  const lookup = new Map<string, Map<string, Entry>>();
  const wrong: string[] = [];
  for (const entry of lists.flat()) {
    const { cluster, key } = entry;
    const own = lookup.get(cluster) ?? new Map<string, Entry>();
    if (own.size === 0) lookup.set(cluster, own);
    const twin = own.get(key);
    if (twin) wrong.push(twins(twin, entry));
    else own.set(key, entry);
  }
  refuse(wrong, `${side.label} has objects twice on one cluster`);
  return lookup;
}

function twins(one: Entry, { ref, file }: Entry): string {
  return `  ${ref.kind} ${ref.namespace === undefined ? "" : `${ref.namespace}/`}${ref.name}: ${one.file} and ${file}`;
}
