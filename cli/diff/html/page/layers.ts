import type { GraphNode } from "./layout";

/** A graph by positions of its nodes. */
export interface Acyclic {
  /** Dependencies first. */
  readonly order: readonly number[];
  /** What each node depends on, without what would close a cycle. */
  readonly dependsOn: readonly (readonly number[])[];
}

/** From a dependency to what depends on it. */
export type Edge = readonly [from: number, to: number];

/** Takes out what a graph cannot be laid out with: names that are no node, doubles, and edges that close a cycle. */
export function acyclic(nodes: readonly GraphNode[]): Acyclic {
  const position = new Map(nodes.map((node, index) => [node.name, index]));
  const wanted = nodes.map((node, index) => [
    ...new Set(node.dependsOn.flatMap((name) => position.get(name) ?? []).filter((other) => other !== index)),
  ]);
  const dependsOn: number[][] = nodes.map(() => []);
  const order: number[] = [];
  // 0 not seen, 1 on the way to here, 2 done. A list in place of recursion: a chain of any length fits.
  const state = new Uint8Array(nodes.length);
  for (const start of nodes.keys()) {
    const way = state[start] === 0 ? [{ node: start, next: 0 }] : [];
    for (let here = way.at(-1); here; here = way.at(-1)) {
      state[here.node] = 1;
      const other = wanted[here.node]?.[here.next++];
      if (other === undefined) {
        state[here.node] = 2;
        order.push(here.node);
        way.pop();
      } else if (state[other] !== 1) {
        dependsOn[here.node]?.push(other);
        if (state[other] === 0) way.push({ node: other, next: 0 });
      }
    }
  }
  return { order, dependsOn };
}

/** Edges without those that a longer way implies: the picture says the same with fewer lines. */
export function reduced({ order, dependsOn }: Acyclic): readonly Edge[] {
  const words = Math.ceil(order.length / 32);
  /** For each node a bit for everything it depends on, directly or not. */
  const behind = dependsOn.map(() => new Uint32Array(words));
  const edges: Edge[] = [];
  const rank = new Uint32Array(order.length);
  order.forEach((node, index) => {
    rank[node] = index;
  });
  for (const node of order) {
    const all = behind[node] ?? new Uint32Array();
    // The nearest first: whatever is behind one of them needs no edge of its own.
    const nearest = [...(dependsOn[node] ?? [])].sort((one, other) => (rank[other] ?? 0) - (rank[one] ?? 0));
    for (const other of nearest) {
      if (((all[other >> 5] ?? 0) >>> (other & 31)) & 1) continue;
      edges.push([other, node]);
      behind[other]?.forEach((bits, index) => {
        all[index] = (all[index] ?? 0) | bits;
      });
      all[other >> 5] = (all[other >> 5] ?? 0) | (1 << (other & 31));
    }
  }
  return edges;
}

/** The layer of each node: one further than the furthest that it depends on. */
export function layersOf(order: readonly number[], edges: readonly Edge[]): readonly number[] {
  const layers = order.map(() => 0);
  const into = new Map<number, number[]>();
  for (const [from, to] of edges) into.set(to, [...(into.get(to) ?? []), from]);
  for (const node of order) {
    layers[node] = Math.max(0, ...(into.get(node) ?? []).map((from) => (layers[from] ?? 0) + 1));
  }
  return layers;
}

/** Everything that can be reached from a node, without it: over what each node is connected to. */
export function reach(start: string, next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [...(next.get(start) ?? [])];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node) || node === start) continue;
    seen.add(node);
    open.push(...(next.get(node) ?? []));
  }
  return seen;
}
