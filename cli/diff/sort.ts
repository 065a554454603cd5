/** What something is sorted by: first things first. */
export type SortKey = readonly (string | number)[];

/** Sorts the same on every machine, by keys that are made once for each item and not once for each comparison. */
export function sortedBy<T>(items: readonly T[], keyOf: (item: T) => SortKey): readonly T[] {
  return items
    .map((item) => ({ item, key: keyOf(item) }))
    .sort((one, other) => compareKeys(one.key, other.key))
    .map(({ item }) => item);
}

function compareKeys(one: SortKey, other: SortKey): number {
  for (let at = 0; at < one.length; at++) {
    const [a = "", b = ""] = [one[at], other[at]];
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}
