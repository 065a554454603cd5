import { compare } from "../../../../infra/engine/provider/diff";

describe("compare", () => {
  it.each([
    ["equal inputs", { a: 1, b: { c: [1] } }, { b: { c: [1] }, a: 1 }, []],
    ["a changed value", { a: { b: 1 } }, { a: { b: 2 } }, [{ path: "a.b", kind: "update", replaces: false }]],
    ["an added property", {}, { a: 1 }, [{ path: "a", kind: "add", replaces: false }]],
    ["a missing property", { a: { b: 1 } }, { a: {} }, [{ path: "a.b", kind: "delete", replaces: false }]],
    ["a longer list", { a: [1] }, { a: [1, 2] }, [{ path: "a[1]", kind: "add", replaces: false }]],
    ["a shorter list", { a: [1, 2] }, { a: [1] }, [{ path: "a[1]", kind: "delete", replaces: false }]],
    ["another kind of value", { a: [1] }, { a: { b: 1 } }, [{ path: "a", kind: "update", replaces: false }]],
    ["a location written otherwise", { location: "Korea Central" }, { location: "koreacentral" }, []],
  ] as const)("finds %s", (_, before, after, differences) => {
    expect(compare(before, after, [])).toEqual(differences);
  });

  it.each([
    ["the property itself", "a.b", true],
    ["what is above it", "a", true],
    ["what is below it", "a.b.c", false],
    ["a property whose name only begins alike", "a.bb", false],
    ["another property", "c", false],
  ])("replaces for %s", (_, replacing, replaces) => {
    expect(compare({ a: { b: 1 } }, { a: { b: 2 } }, [replacing])).toEqual([{ path: "a.b", kind: "update", replaces }]);
  });

  it("replaces for a property of any item of a list", () => {
    const pools = (size: string) => ({ pools: [{ size: "D2" }, { size }] });
    expect(compare(pools("D2"), pools("D4"), ["pools[].size"])).toEqual([
      { path: "pools[1].size", kind: "update", replaces: true },
    ]);
  });
});
