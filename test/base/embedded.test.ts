import { load } from "js-yaml";
import { embeddedYaml } from "../../base/embedded";

test("is YAML of the data, on lines of any length and without references", () => {
  const part = { text: "word ".repeat(50) };
  const data = { a: part, b: part };
  const text = embeddedYaml(data);
  expect(load(text)).toEqual(data);
  expect(text.split("\n")).toHaveLength(5);
});

test("is remembered by what it says, and told apart by any difference", () => {
  expect(embeddedYaml({ a: ["1"] })).toBe(embeddedYaml({ a: ["1"] }));
  expect(embeddedYaml({ a: ["1"] })).toBe("a:\n  - '1'\n");
  expect(embeddedYaml({ a: [1] })).toBe("a:\n  - 1\n");
  expect(embeddedYaml({ b: 1, a: 2 })).toBe("b: 1\na: 2\n");
});
