import { draftOf, lacks, malformed, wellFormed } from "../../../clusters/model/draft";

interface Data {
  readonly name: string;
  readonly inner?: { readonly list: readonly string[]; readonly more?: number };
}

const data = { name: "x", inner: { list: ["a", "b"], more: 1 }, extra: true };

test("leaves malformed parts out with a mark and unknown ones without", () => {
  const draft = draftOf<Data>(data, [
    { at: ["extra"], because: "unknown" },
    { at: ["inner", "list", 1], because: "malformed" },
    { at: ["inner", "more"], because: "malformed" },
  ]);
  expect(draft).toStrictEqual({ name: "x", inner: { list: ["a", undefined], more: undefined } });
  expect(malformed(draft?.inner ?? {}, "more")).toBe(true);
  expect(malformed(draft?.inner ?? {}, "list")).toBe(false);
});

test("what was given as undefined was never given", () => {
  const draft = draftOf<Data>({ name: "x", inner: undefined }, []);
  expect(draft).toStrictEqual({ name: "x" });
  expect(malformed(draft as Partial<Data>, "inner")).toBe(false);
});

test("a whole that is malformed is left out whole", () => {
  expect(draftOf<Data>(5, [{ at: [], because: "malformed" }])).toBeUndefined();
  expect(draftOf<Data>(data, [{ at: ["inner"], because: "malformed" }])?.inner).toBeUndefined();
});

test("does not change what it reads", () => {
  const before = JSON.stringify(data);
  draftOf<Data>(data, [{ at: ["name"], because: "malformed" }]);
  expect(JSON.stringify(data)).toBe(before);
});

test("a list with a malformed entry may have anything", () => {
  expect(lacks(["a"], "b")).toBe(true);
  expect(lacks(["a"], "a")).toBe(false);
  expect(lacks(["a", undefined], "b")).toBe(false);
  expect(lacks(undefined, "b")).toBe(false);
  expect(wellFormed(["a", undefined, "b"])).toEqual(["a", "b"]);
  expect(wellFormed(undefined)).toEqual([]);
});
