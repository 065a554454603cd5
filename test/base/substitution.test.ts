import { mentionsIn } from "../../base/substitution";

const object = (data: Record<string, unknown>) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "a" },
  data,
});

describe("mentionsIn", () => {
  const collect = (data: Record<string, unknown>) => mentionsIn([{ name: "part", objects: [object(data)] }]);

  it("finds each variable once, with a place", () => {
    const { variables, malformed } = collect({ a: "${ONE}-${TWO}", b: "${ONE}" });
    expect([...variables.keys()]).toEqual(["ONE", "TWO"]);
    expect(variables.get("TWO")).toEqual({ component: "part", object: "ConfigMap a", text: "${ONE}-${TWO}" });
    expect(malformed).toEqual([]);
  });

  it.each(["${A:=default}", "${A:-x}", "${A", "${}", "${1A}", "${A/x/y}", "${ A }", "${A${B}"])(
    "refuses %s, which could be unset in silence",
    (text) => {
      expect(collect({ a: text }).malformed).toHaveLength(1);
    },
  );

  it("leaves escaped text alone", () => {
    expect(collect({ a: "$${literal}" })).toEqual({
      variables: new Map(),
      components: new Set(["part"]),
      malformed: [],
    });
  });

  it.each([
    [{ key: "${A}" }, true],
    [{ list: ["x", { deep: "a${B}c" }] }, true],
    [{ "${KEY}": "x" }, true],
    [{ key: "$${A}" }, true],
    [{ key: "$A and { }" }, false],
    [{ number: 1, nothing: null }, false],
  ])("knows whether Flux has anything to substitute in %j: %s", (data, expected) => {
    expect(collect(data).components.has("part")).toBe(expected);
  });
});
