/** How often each value is there. */
export function count(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** The zone with the most pods. */
export function fullest(counts: Readonly<Record<string, number>>): string {
  return Object.keys(counts).reduce((most, zone) => ((counts[zone] ?? 0) > (counts[most] ?? 0) ? zone : most));
}

/** Difference between the zone with the most pods and that with the fewest. */
export function skew(counts: Readonly<Record<string, number>>): number {
  return Math.max(...Object.values(counts)) - Math.min(...Object.values(counts));
}

/** Status of a node, as far as its size goes. */
export interface Capacity {
  readonly capacity?: { readonly cpu?: string };
}

/** Thousandths of a CPU in a quantity such as `2` or `1750m`. */
export function millis(quantity = "0"): number {
  return quantity.endsWith("m") ? Number(quantity.slice(0, -1)) : Number(quantity) * 1000;
}
