import fc from "fast-check";
import { acyclic, layersOf, reach, reduced } from "../../../../cli/diff/html/page/layers";
import { type GraphNode, layout } from "../../../../cli/diff/html/page/layout";

const node = (name: string, ...dependsOn: readonly string[]): GraphNode => ({ name, dependsOn });

/** A graph of any form without cycles: each node depends on some of those before it. */
function randomGraph(size: number, edges: number): fc.Arbitrary<readonly GraphNode[]> {
  return fc
    .array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: edges })
    .map((pairs) =>
      Array.from({ length: size }, (_, index) =>
        node(
          `n${index}`,
          ...pairs
            .filter(([one, other]) => Math.max(one, other) === index && one !== other)
            .map((pair) => `n${Math.min(...pair)}`),
        ),
      ),
    );
}

/** Reaches the same from everywhere. */
function expectSameReach(
  graph: readonly GraphNode[],
  edges: readonly { readonly from: string; readonly to: string }[],
): void {
  const all = new Map(graph.map(({ name, dependsOn }) => [name, dependsOn]));
  const drawn = new Map(graph.map(({ name }) => [name, edges.filter(({ to }) => to === name).map(({ from }) => from)]));
  for (const { name } of graph) expect([...reach(name, drawn)].sort()).toEqual([...reach(name, all)].sort());
}

describe("the layout of a graph", () => {
  it("is empty for none", () => {
    expect(layout([])).toMatchObject({ edges: [], layers: 0, rows: 0 });
  });

  it("puts dependencies to the left, and draws no edge that others imply", () => {
    const { places, edges, layers } = layout([node("a"), node("b", "a"), node("c", "a", "b")]);
    expect([...places].map(([name, { x }]) => [name, x])).toEqual([
      ["a", 0],
      ["b", 1],
      ["c", 2],
    ]);
    expect(edges.map(({ from, to }) => `${from} ${to}`)).toEqual(["a b", "b c"]);
    expect(layers).toBe(3);
  });

  it("keeps nodes of a layer apart, every edge going right and every way as it was", () => {
    fc.assert(
      fc.property(randomGraph(24, 60), (graph) => {
        const { places, edges, rows } = layout(graph);
        expect(places.size).toBe(graph.length);
        const taken = [...places.values()].sort((one, other) => one.x - other.x || one.y - other.y);
        for (const [index, { x, y }] of taken.entries()) {
          expect(y).toBeGreaterThanOrEqual(0.5 - 1e-6);
          expect(y).toBeLessThanOrEqual(rows - 0.5 + 1e-6);
          const next = taken[index + 1];
          if (next?.x === x) expect(next.y - y).toBeGreaterThanOrEqual(1 - 1e-6);
        }
        for (const { from, to, points } of edges) {
          expect(places.get(from)?.x).toBeLessThan(places.get(to)?.x ?? -1);
          for (const [index, point] of points.entries())
            if (index > 0) expect(point.x - (points[index - 1]?.x ?? 0)).toBe(1);
        }
        expectSameReach(graph, edges);
      }),
      { numRuns: 40 },
    );
  });

  it("leaves out names that are no node, doubles, itself and what closes a cycle", () => {
    const { places, edges } = layout([node("a", "c", "a"), node("b", "a", "a", "gone"), node("c", "b")]);
    expect(places.size).toBe(3);
    expect(edges).toHaveLength(2);
    for (const { from, to } of edges) expect(places.get(from)?.x).toBeLessThan(places.get(to)?.x ?? -1);
  });

  it.each<[string, (index: number) => readonly number[], number]>([
    ["a chain", (index) => [index - 1], 1000],
    ["one that all depend on", () => [0], 2],
    ["everything depending on everything before", (index) => Array.from({ length: index }, (_, other) => other), 1000],
    ["rows of ten", (index) => (index < 10 ? [] : [index - 10, 10 * Math.floor(index / 10) - 1]), 100],
    ["no edges", () => [], 1],
    ["a binary tree", (index) => [(index - 1) >> 1], 10],
  ])("lays out 1,000 nodes: %s", (_what, before, layers) => {
    const graph = Array.from({ length: 1000 }, (_, index) =>
      node(
        `n${index}`,
        ...(index === 0 ? [] : before(index)).filter((other) => other >= 0).map((other) => `n${other}`),
      ),
    );
    const result = layout(graph);
    expect(result.places.size).toBe(1000);
    expect(result.layers).toBe(layers);
    for (const { y } of result.places.values()) expect(Number.isFinite(y)).toBe(true);
  });

  it("lays out 1,000 nodes in one cycle", () => {
    const graph = Array.from({ length: 1000 }, (_, index) => node(`n${index}`, `n${(index + 1) % 1000}`));
    expect(layout(graph)).toMatchObject({ layers: 1000 });
  });

  it("is the same every time", () => {
    const graph = fc.sample(randomGraph(200, 600), { numRuns: 1, seed: 7 })[0] ?? [];
    expect(JSON.stringify(layout(graph))).toBe(JSON.stringify(layout(graph)));
  });

  it("reaches everything once, however it is connected", () => {
    const next = new Map(Array.from({ length: 1000 }, (_, index) => [`n${index}`, [`n${(index + 1) % 1000}`, "n0"]]));
    expect(reach("n0", next).size).toBe(999);
  });

  it("gives layers by the longest way", () => {
    const graph = acyclic([node("a"), node("b", "a"), node("c", "b"), node("d", "a", "c")]);
    expect(layersOf(graph.order, reduced(graph))).toEqual([0, 1, 2, 3]);
  });
});
