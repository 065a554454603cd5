import fc from "fast-check";
import { either, meant, show } from "../../../clusters/model/wording";

test.each([
  ["text", '"text"'],
  ["two\nlines", '"two\\nlines"'],
  ["x".repeat(100), `"${"x".repeat(57)}..."`],
  [5, "5"],
  [Number.NaN, "NaN"],
  [5n, "5"],
  [true, "true"],
  [null, "null"],
  [undefined, "undefined"],
  [[1], "a list"],
  [{}, "an object"],
  [() => 1, "a function"],
  [Symbol("s"), "a symbol"],
])("shows %p as %s", (value, text) => {
  expect(show(value)).toBe(text);
});

test("shows anything on one short line", () => {
  fc.assert(fc.property(fc.anything(), (value) => !show(value).includes("\n") && show(value).length < 500));
});

test("joins words", () => {
  expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(either)).toEqual(["nothing", "a", "a or b", "a, b or c"]);
});

test.each([
  ["clustrs", "clusters"],
  ["Clusters", "clusters"],
  ["keyvault", "keyVault"],
  ["nmae", "name"],
  ["banana", undefined],
  ["", undefined],
])("takes %p for %p", (word, known) => {
  expect(meant(word, ["name", "clusters", "keyVault", "identities"])).toBe(known);
});
