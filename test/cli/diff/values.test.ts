import fc from "fast-check";
import { canonical, diffValues, isSame, isUnder } from "../../../cli/diff/values";

const containers = (...list: readonly object[]) => ({ spec: { containers: list } });

describe("diffValues", () => {
  it("says nothing of equal values, whatever the order of their members", () => {
    expect(diffValues({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toEqual([]);
  });

  it("tells a type from another, and null from nothing", () => {
    expect(diffValues({ a: 1, b: null }, { a: "1" })).toEqual([
      { path: "a", before: 1, after: "1" },
      { path: "b", before: null },
    ]);
    expect(diffValues({ a: { b: 1 } }, { a: [] })).toEqual([{ path: "a", before: { b: 1 }, after: [] }]);
  });

  it("quotes keys that are no words", () => {
    expect(diffValues({ metadata: { labels: { "a.b/c": "1" } } }, { metadata: { labels: {} } })).toEqual([
      { path: 'metadata.labels["a.b/c"]', before: "1" },
    ]);
  });

  it("matches containers by name, not by position", () => {
    expect(
      diffValues(
        containers({ name: "b", image: "b:1" }),
        containers({ name: "a", image: "a:1" }, { name: "b", image: "b:2" }),
      ),
    ).toEqual([
      { path: "spec.containers[name=a]", after: { name: "a", image: "a:1" } },
      { path: "spec.containers[name=b].image", before: "b:1", after: "b:2" },
    ]);
  });

  it.each([
    [
      "ports of a container by number and protocol",
      { ports: [{ containerPort: 53 }] },
      {
        ports: [
          { containerPort: 53, protocol: "UDP" },
          { containerPort: 53, name: "dns" },
        ],
      },
      ["ports[containerPort=53,protocol=UDP]", "ports[containerPort=53,protocol=TCP].name"],
    ],
    [
      "ports of a Service by port",
      { ports: [{ port: 80, name: "a" }] },
      { ports: [{ port: 80, name: "b" }] },
      ["ports[port=80,protocol=TCP].name"],
    ],
    [
      "tolerations by key and effect",
      { tolerations: [{ key: "a", effect: "NoSchedule", value: "1" }] },
      { tolerations: [{ key: "a", effect: "NoSchedule", value: "2" }] },
      ["tolerations[key=a,effect=NoSchedule].value"],
    ],
    [
      "requirements by key",
      { requirements: [{ key: "a.b/c", values: ["1"] }] },
      { requirements: [{ key: "a.b/c", values: ["2"] }] },
      ["requirements[key=a.b/c].values"],
    ],
    [
      "servers by the name of their port",
      { servers: [{ port: { name: "https" }, hosts: ["a"] }] },
      { servers: [{ port: { name: "https" }, hosts: ["b"] }] },
      ["servers[port.name=https].hosts"],
    ],
    [
      "volume mounts by path",
      { volumeMounts: [{ mountPath: "/a", name: "x" }] },
      { volumeMounts: [{ mountPath: "/a", name: "y" }] },
      ["volumeMounts[mountPath=/a].name"],
    ],
  ])("matches %s", (_, before, after, paths) => {
    expect(diffValues(before, after).map(({ path }) => path)).toEqual(paths);
  });

  it("tells that entries stand in another order", () => {
    expect(diffValues({ env: [{ name: "A" }, { name: "B" }] }, { env: [{ name: "B" }, { name: "A" }] })).toEqual([
      { path: "env", before: ["name=A", "name=B"], after: ["name=B", "name=A"], reordered: true },
    ]);
    expect(diffValues({ rules: [{ a: 1 }, { a: 2 }] }, { rules: [{ a: 2 }, { a: 1 }] })).toEqual([
      { path: "rules", before: [0, 1], after: [1, 0], reordered: true },
    ]);
    expect(diffValues([1, 2], [2, 1])).toEqual([{ path: "", before: [1, 2], after: [2, 1] }]);
  });

  it("falls back to position where nothing tells entries apart", () => {
    const before = { rules: [{ from: "a" }, { from: "b" }, { from: "c" }] };
    expect(diffValues(before, { rules: [{ from: "b" }, { from: "c" }] })).toEqual([
      { path: "rules[0]", before: { from: "a" } },
    ]);
    expect(diffValues(before, { rules: [{ from: "a" }, { from: "x" }, { from: "c" }] })).toEqual([
      { path: "rules[1].from", before: "b", after: "x" },
    ]);
  });

  it("keeps entries apart whose keys differ only in their type, or are given twice", () => {
    expect(diffValues({ list: [{ name: 1 }, { name: "1" }] }, { list: [{ name: "1" }, { name: 1 }] })).not.toEqual([]);
    expect(
      diffValues({ list: [{ name: "a" }, { name: "a", b: 1 }] }, { list: [{ name: "a" }, { name: "a", b: 2 }] }),
    ).not.toEqual([]);
  });

  it("is empty exactly for equal values", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (one, other) => {
        expect(diffValues(one, one)).toEqual([]);
        expect(diffValues(one, other).length === 0).toBe(isSame(one, other));
        expect(canonical(one) === canonical(other)).toBe(isSame(one, other));
      }),
      { numRuns: 500 },
    );
  });

  it("finds a difference in lists of entries with names, however they are mixed", () => {
    const entry = fc.record({ name: fc.constantFrom("a", "b", "c", "d"), value: fc.constantFrom(1, 2) });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 5 }), fc.array(entry, { maxLength: 5 }), (one, other) => {
        expect(diffValues({ list: one }, { list: other }).length === 0).toBe(isSame(one, other));
      }),
      { numRuns: 2000 },
    );
  });
});

it.each([
  ["spec.a", "spec", true],
  ["spec", "spec", true],
  ["spec[0]", "spec", true],
  ["special", "spec", false],
])("%s lies under %s: %s", (path, place, expected) => {
  expect(isUnder(path, place)).toBe(expected);
});
