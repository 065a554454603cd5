import fc from "fast-check";
import { dependencyOrder } from "../../base/graph";

const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges));

describe("dependencyOrder", () => {
  it("puts everything after what it depends on, equals by name", () => {
    expect(dependencyOrder(graph({ c: ["a"], b: ["a"], a: [], d: ["b", "c"] }))).toEqual(["a", "b", "c", "d"]);
  });

  it("names every unknown dependency at once", () => {
    expect(() => dependencyOrder(graph({ a: ["x"], b: ["y"] }))).toThrow(
      "a depends on x, which this cluster does not run\nb depends on y, which this cluster does not run",
    );
  });

  it("shows the way around a circle, without what merely leads to it", () => {
    expect(() => dependencyOrder(graph({ a: [], b: ["d"], c: ["b"], d: ["c"], e: ["b"] }))).toThrow("b -> d -> c -> b");
  });

  it("takes a chain, a star and a lattice of 1,000 nodes", () => {
    const names = Array.from({ length: 1000 }, (_, index) => `n${String(index).padStart(4, "0")}`);
    const chain = new Map(names.map((name, index) => [name, index > 0 ? [names[index - 1] as string] : []]));
    expect(dependencyOrder(chain)).toEqual(names);
    const star = new Map(names.map((name, index) => [name, index > 0 ? [names[0] as string] : []]));
    expect(dependencyOrder(star)).toHaveLength(1000);
    const lattice = new Map(names.map((name, index) => [name, names.slice(Math.max(0, index - 30), index)]));
    expect(dependencyOrder(lattice)).toEqual(names);
  });

  it("orders any graph without circles, whatever the order of its entries", () => {
    const acyclic = fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 40 }).chain((rows) => {
      const entries = rows.map((row, index): [string, string[]] => [
        `n${index}`,
        index === 0 ? [] : row.map((pick) => `n${pick % index}`),
      ]);
      return fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length }));
    });
    fc.assert(
      fc.property(acyclic, ([entries, shuffled]) => {
        const order = dependencyOrder(new Map(entries));
        expect(dependencyOrder(new Map(shuffled))).toEqual(order);
        const place = new Map(order.map((name, index) => [name, index]));
        for (const [name, dependencies] of entries) {
          for (const dependency of dependencies) expect(place.get(dependency)).toBeLessThan(place.get(name) as number);
        }
      }),
    );
  });
});
