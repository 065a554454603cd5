import fc from "fast-check";
import { dependentCounts, ordered, reachable, reversed } from "../../../cli/diff/graph";

const graphs = fc
  .dictionary(fc.constantFrom(..."abcdefgh"), fc.array(fc.constantFrom(..."abcdefghx"), { maxLength: 4 }))
  .map((edges) => new Map(Object.entries(edges)));

describe("graphs", () => {
  it("puts each after what it depends on", () => {
    expect(
      ordered(
        new Map([
          ["c", ["b"]],
          ["b", ["a"]],
          ["a", []],
        ]),
      ),
    ).toEqual(["a", "b", "c"]);
    expect(
      ordered(
        new Map([
          ["b", ["c"]],
          ["c", ["b"]],
          ["a", ["b"]],
        ]),
      ),
    ).toEqual(["a", "b", "c"]);
  });

  it("counts dependents like a walk from each node, circles included", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const counts = dependentCounts(graph);
        const dependents = reversed(graph);
        expect([...ordered(graph)].sort()).toEqual([...graph.keys()].sort());
        for (const name of graph.keys()) {
          const walked = new Set(reachable([name], dependents));
          walked.delete(name);
          expect(counts.get(name)).toBe(walked.size);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([1_000, 3_000])("takes %i nodes in a chain", (size) => {
    const graph = new Map(
      Array.from({ length: size }, (_, index) => [`n${index}`, index === 0 ? [] : [`n${index - 1}`]]),
    );
    const started = performance.now();
    expect(dependentCounts(graph).get("n0")).toBe(size - 1);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
