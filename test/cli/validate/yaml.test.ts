import fc from "fast-check";
import { readYaml } from "../../../cli/validate/yaml";

const read = (text: string) => readYaml(text).documents[0];

test.each<[string, unknown]>([
  ["yes", true],
  ["Off", false],
  ["y", true],
  ["TRUE", true],
  ["tRUE", "tRUE"],
  ["~", null],
  ["Null", null],
  ["0777", 511],
  ["0o17", 15],
  ["0x1F", 31],
  ["-0b11", -3],
  ["1_000", 1000],
  ["08", 8],
  ["1e3", 1000],
  [".5", 0.5],
  ["1.", 1],
  ["+1", 1],
  ["1e999", "1e999"],
  ["._5", "._5"],
  ["12:30:45", "12:30:45"],
  ["2026-01-01", "2026-01-01"],
  ["0x", "0x"],
  ["v1", "v1"],
  ["1Gi", "1Gi"],
  ["'yes'", "yes"],
  ['"1"', "1"],
  ["!!str 1", "1"],
])("%s is what Go makes of it", (text, expected) => {
  expect(read(`a: ${text}\n`)).toEqual({ a: expected });
});

test("keys are text, as JSON's are", () => {
  expect(read("{1: a, true: b, 1.5: c, on: d}".replace("on: d", "off: d"))).toEqual({
    "1": "a",
    true: "b",
    "1.5": "c",
    false: "d",
  });
});

test("merges and aliases are resolved", () => {
  expect(read("a: &x {b: 1}\nc: {<<: *x, d: 2}\n")).toEqual({ a: { b: 1 }, c: { b: 1, d: 2 } });
});

test.each([
  ["a: 1\na: 1", /duplicated/],
  ["{'1': a, 1: b}", /duplicated/],
  ["~: a", /null keys/],
  ["a: .inf", /JSON has no \.inf/],
  ["a: -.INF", /JSON has no/],
  ["a: .NaN", /JSON has no/],
  ["a: !!binary aGk=", /unknown scalar tag/],
  ["a: !ruby x", /unknown scalar tag/],
  ["? [a]\n: b", /complex keys/],
  ["a: \u0085b", /U\+0085/],
  ["a: b\u2028c", /U\+2028/],
  ['a: "\\ud83d\\ude42"', /two halves/],
  ["\ta: 1", /./],
])("%j is refused", (text, reason) => {
  expect(() => readYaml(text)).toThrow(reason);
});

test("half a character is refused only as an escape", () => {
  expect(read("a: '\\ud83d'\nb: |\n  \\ud83d\nc: \"\\\\ud83d\"\n")).toEqual({
    a: "\\ud83d",
    b: "\\ud83d\n",
    c: "\\ud83d",
  });
});

test("aliases cannot make a mountain of a few lines", () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 10; level += 1) {
    const items = Array(10)
      .fill(`*a${level - 1}`)
      .join(", ");
    lines.push(`a${level}: &a${level} [${items}]`);
  }
  expect(() => readYaml(lines.join("\n"))).toThrow(/aliases make it larger/);
});

test("old booleans are told, unquoted ones only", () => {
  expect(readYaml("a: yes\nb: 'no'\nc: true\nn: 1\n").oldBooleans).toEqual(["yes", "n"]);
  expect(readYaml("a: true\n").oldBooleans).toEqual([]);
});

test("documents are counted as they are", () => {
  expect(readYaml("").documents).toEqual([]);
  expect(readYaml("# x\n").documents).toEqual([]);
  expect(readYaml("a: 1\n---\nb: 1\n").documents).toHaveLength(2);
  expect(readYaml("a: 1\n...\nb: 1\n").documents).toHaveLength(2);
});

test("any text is read or refused, and JSON is read as JSON.parse does", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      try {
        readYaml(text);
      } catch (error) {
        expect(error).toHaveProperty("message");
      }
    }),
  );
  const text = fc.string({ unit: fc.constantFrom(..."abc 09_.:-yn~'#") });
  const { tie } = fc.letrec((tie) => ({
    tie: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("tie")),
      fc.dictionary(text, tie("tie")),
    ),
  }));
  fc.assert(fc.property(tie, (value) => expect(read(JSON.stringify(value))).toEqual(value)));
});
