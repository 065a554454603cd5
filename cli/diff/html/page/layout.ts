import { acyclic, layersOf, reduced } from "./layers";

/** A node of a graph, and the nodes that it comes after. */
export interface GraphNode {
  readonly name: string;
  readonly dependsOn: readonly string[];
}

/** A point in steps: `x` counts layers, `y` rows; the first row has its middle at 0.5. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a graph is drawn: dependencies to the left of what depends on them. */
export interface Layout {
  readonly places: ReadonlyMap<string, Point>;
  /** Edges that others do not imply, as the points that they pass. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly points: readonly Point[] }[];
  readonly layers: number;
  readonly rows: number;
}

/** A place in a layer: of a node, or of an edge that passes through. */
interface Slot {
  /** Slots of the layer before and of the layer after that it is connected to. */
  readonly before: Slot[];
  readonly after: Slot[];
  readonly size: number;
  /** Its middle. */
  y: number;
}

/** Passes that order layers and that straighten edges: more of them change nothing that is seen. */
const PASSES = 6;

/** Slots for passing edges; beyond this long edges are drawn straight. */
const MOST_SLOTS = 20_000;

/** Rows that a passing edge takes. */
const THIN = 0.4;

/** Lays out a graph in layers; a cycle is drawn as if its last edge were not there. */
export function layout(nodes: readonly GraphNode[]): Layout {
  const graph = acyclic(nodes);
  const edges = reduced(graph);
  const layerOf = layersOf(graph.order, edges);
  const layers: Slot[][] = [];
  const put = (layer: number, size: number): Slot => {
    const slot: Slot = { before: [], after: [], size, y: 0 };
    while (layers.length <= layer) layers.push([]);
    layers[layer]?.push(slot);
    return slot;
  };
  const slots = new Map(graph.order.map((node) => [node, put(layerOf[node] ?? 0, 1)]));
  const spans = edges.reduce((sum, [from, to]) => sum + (layerOf[to] ?? 0) - (layerOf[from] ?? 0), 0);
  const routes = edges.map(([from, to]) => {
    const passed: Slot[] = [];
    const [first, last] = [(layerOf[from] ?? 0) + 1, layerOf[to] ?? 0];
    for (let layer = first; layer < last && spans <= MOST_SLOTS; layer++) passed.push(put(layer, THIN));
    const route = [slots.get(from), ...passed, slots.get(to)].filter((slot) => slot !== undefined);
    for (const [index, slot] of route.entries()) {
      const next = route[index + 1];
      if (next) connect(slot, next);
    }
    return { from, to, first: first - 1, route };
  });
  arrange(layers);
  const name = (node: number) => nodes[node]?.name ?? "";
  return {
    places: new Map(
      [...slots].map(([node, slot]): [string, Point] => [name(node), { x: layerOf[node] ?? 0, y: slot.y }]),
    ),
    edges: routes.map(({ from, to, first, route }) => ({
      from: name(from),
      to: name(to),
      points: route.map((slot, index) => ({
        x: index === route.length - 1 ? (layerOf[to] ?? 0) : first + index,
        y: slot.y,
      })),
    })),
    layers: layers.length,
    rows: Math.max(0, ...layers.map((layer) => bottomOf(layer.at(-1)))),
  };
}

function bottomOf(slot: Slot | undefined): number {
  return slot ? slot.y + slot.size / 2 : 0;
}

function connect(one: Slot, other: Slot): void {
  one.after.push(other);
  other.before.push(one);
}

/** Orders the slots of each layer so that few edges cross, then moves them so that edges are straight. */
function arrange(layers: readonly Slot[][]): void {
  const forwards = [...layers.keys()];
  const backwards = [...forwards].reverse();
  for (const layer of layers) stack(layer);
  for (let pass = 0; pass < PASSES; pass++) {
    const side = pass % 2 === 0 ? "before" : "after";
    for (const index of side === "before" ? forwards : backwards) {
      const layer = layers[index] ?? [];
      const wish = new Map(layer.map((slot) => [slot, mean(slot[side], slot.y)]));
      layer.sort((one, other) => (wish.get(one) ?? 0) - (wish.get(other) ?? 0));
      stack(layer);
    }
  }
  for (let pass = 0; pass < PASSES; pass++) {
    for (const index of pass % 2 === 0 ? forwards : backwards) settle(layers[index] ?? []);
  }
  const top = Math.min(...layers.flatMap(([slot]) => (slot ? [slot.y - slot.size / 2] : [])));
  for (const layer of layers) for (const slot of layer) slot.y -= top;
}

/** Puts slots below each other, around a middle line. */
function stack(layer: readonly Slot[]): void {
  let top = -layer.reduce((sum, slot) => sum + slot.size, 0) / 2;
  for (const slot of layer) {
    slot.y = top + slot.size / 2;
    top += slot.size;
  }
}

/** Moves slots as near to their neighbours as their order and sizes let them: pools adjacent violators of the order. */
function settle(layer: readonly Slot[]): void {
  const pools: { sum: number; slots: number }[] = [];
  let offset = 0;
  for (const slot of layer) {
    const middle = offset + slot.size / 2;
    pools.push({ sum: mean([...slot.before, ...slot.after], slot.y) - middle, slots: 1 });
    offset += slot.size;
    for (let last = pools.at(-1), above = pools.at(-2); last && above; last = pools.at(-1), above = pools.at(-2)) {
      if (above.sum / above.slots <= last.sum / last.slots) break;
      pools.splice(-2, 2, { sum: above.sum + last.sum, slots: above.slots + last.slots });
    }
  }
  let index = 0;
  offset = 0;
  for (const pool of pools) {
    for (const end = index + pool.slots; index < end; index++) {
      const slot = layer[index];
      if (!slot) continue;
      slot.y = pool.sum / pool.slots + offset + slot.size / 2;
      offset += slot.size;
    }
  }
}

function mean(slots: readonly Slot[], otherwise: number): number {
  return slots.length === 0 ? otherwise : slots.reduce((sum, slot) => sum + slot.y, 0) / slots.length;
}
