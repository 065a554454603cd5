/** Nodes of a graph and what each depends on; names that are no nodes count for nothing. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** Nodes so that each comes after what it depends on; among equals, and where a circle leaves no order, by name. */
export function ordered(graph: Graph): readonly string[] {
  const dependents = reversed(graph);
  const waits = new Map(
    [...graph].map(([name, needs]) => [name, new Set(needs.filter((need) => graph.has(need))).size]),
  );
  const order: string[] = [];
  let ready = [...graph.keys()].filter((name) => waits.get(name) === 0).sort();
  while (ready.length > 0) {
    order.push(...ready);
    const next: string[] = [];
    for (const done of ready) {
      for (const dependent of dependents.get(done) ?? []) {
        const left = (waits.get(dependent) ?? 0) - 1;
        waits.set(dependent, left);
        if (left === 0) next.push(dependent);
      }
    }
    ready = next.sort();
  }
  const placed = new Set(order);
  return [...order, ...[...graph.keys()].filter((name) => !placed.has(name)).sort()];
}

/** Who depends on each node, once each. */
export function reversed(graph: Graph): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>();
  for (const [name, needs] of graph) {
    for (const need of new Set(needs)) {
      const known = dependents.get(need);
      if (known) known.push(name);
      else dependents.set(need, [name]);
    }
  }
  return dependents;
}

/** Everything that can be reached from some nodes, without those that nothing else leads back to. */
export function reachable(from: Iterable<string>, edges: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [...from];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    for (const next of edges.get(name) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      pending.push(next);
    }
  }
  return found;
}

/**
 * How many nodes depend on each, directly or not. Dependents are sets of bits that are joined from the last node to the first, so that
 * a thousand nodes take a thousand joins; nodes on a circle are walked one by one.
 */
export function dependentCounts(graph: Graph): ReadonlyMap<string, number> {
  const order = ordered(graph);
  const position = new Map(order.map((name, index) => [name, index]));
  const dependents = reversed(graph);
  const words = Math.ceil(order.length / 32);
  const sets = new Map<string, Uint32Array>();
  const counts = new Map<string, number>();
  for (const name of [...order].reverse()) {
    const own = dependents.get(name) ?? [];
    const here = position.get(name) ?? 0;
    if (own.some((dependent) => !sets.has(dependent) || (position.get(dependent) ?? 0) <= here)) {
      const found = reachable([name], dependents);
      counts.set(name, found.size - (found.has(name) ? 1 : 0));
      sets.set(name, bitsOf(found, position, words));
      continue;
    }
    const bits = new Uint32Array(words);
    for (const dependent of own) {
      const at = position.get(dependent) ?? 0;
      bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31));
      const more = sets.get(dependent);
      for (let word = 0; more && word < words; word++) bits[word] = (bits[word] ?? 0) | (more[word] ?? 0);
    }
    sets.set(name, bits);
    counts.set(name, countOf(bits, here));
  }
  return counts;
}

function bitsOf(names: ReadonlySet<string>, position: ReadonlyMap<string, number>, words: number): Uint32Array {
  const bits = new Uint32Array(words);
  for (const name of names) {
    const at = position.get(name);
    if (at !== undefined) bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31));
  }
  return bits;
}

/** How many nodes a set has beside the node itself, which is in it where it is on a circle. */
function countOf(bits: Uint32Array, self: number): number {
  const own = ((bits[self >>> 5] ?? 0) >>> (self & 31)) & 1;
  return bits.reduce((sum, word) => sum + ones(word), 0) - own;
}

function ones(word: number): number {
  let count = 0;
  for (let left = word >>> 0; left !== 0; left = (left & (left - 1)) >>> 0) count += 1;
  return count;
}
