import fc from "fast-check";
import { dump, load } from "js-yaml";
import { toYaml, yamlOf } from "../../base/yaml";

const EXOTIC = [
  "yes",
  "n",
  "y",
  "0o17",
  "012",
  "1e3",
  "1:20",
  "2001-01-01",
  "~",
  "null",
  "",
  " lead",
  "trail ",
  "\n",
  "a\n",
  "a\n\n",
  "a\nb",
  "  a\nb",
  "\ta\nb",
  "a\u2028b",
  "x\u0085y",
  "\uFEFFx",
  "a\rb",
  "a\r\nb",
  "- a",
  "a: b",
  "a #b",
  "#x",
  "!x",
  "=",
  "<<",
  "@x",
  "%y",
  "`",
  "é",
  "\u{1F600}",
  "a\n  \nb\n\n",
  "---",
  "...",
  "key:\n  - |\n    x\n",
];

const text = fc.oneof(fc.constantFrom(...EXOTIC), fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }));
const key = fc
  .oneof(
    fc.constantFrom(...EXOTIC.filter((candidate) => !candidate.includes("\n"))),
    fc.stringMatching(/^[a-zA-Z0-9./_-]{1,40}$/),
  )
  .filter((name) => name !== "__proto__");
const value = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("node")),
    fc.dictionary(key, tie("node")),
  ),
})).node;

describe("toYaml", () => {
  it("is read back as what was written, whatever was written", () => {
    fc.assert(
      fc.property(fc.dictionary(key, value, { noNullPrototype: true }), (object) => {
        fc.pre(Object.keys(object).length > 0);
        expect(load(toYaml(object))).toEqual(JSON.parse(JSON.stringify(object)));
      }),
      { numRuns: 1000 },
    );
  });

  it("quotes what YAML 1.1 takes for something else than a string", () => {
    expect(toYaml({ a: "yes", b: "012", c: "n", d: "1:20", e: "0o17" })).toBe(
      "a: 'yes'\nb: '012'\nc: 'n'\nd: '1:20'\ne: '0o17'\n",
    );
  });

  it("writes what it knows by itself as js-yaml would", () => {
    const text = fc.oneof(
      fc.stringMatching(/^[A-Za-z][A-Za-z0-9_./-]{0,12}$/),
      fc.stringMatching(/^[ -~]{1,10}$/),
      fc.stringMatching(/^[a-z/$(][a-z :#,'"{}[\]&*!|>%@`-]{1,10}$/),
      fc.stringMatching(/^[[\]{}"'*!&%@`|>#,][ -~]{0,8}$/),
      fc.stringMatching(/^[0-9]{1,4}[KMGismhd%.]{0,2}[0-9]{0,2}(\.[0-9])?$/),
      fc.stringMatching(/^[a ~\n#-]{1,10}$/),
      fc.stringMatching(/^(_{1,2}|\.|)[a-zA-Z*/][a-zA-Z0-9]{0,2}[: #]{0,2}[ -~]{0,4}$/),
      fc.stringMatching(/^\d{1,2}(\.\d{1,2}){1,3}(-[a-zA-Z0-9]{1,3}){0,2}(\.\d)?$/),
      fc.stringMatching(/^[\d*]{1,2}( [\d*/,-]{1,3}){3,5}$/),
      fc.constantFrom("y", "no", "on", "off", "true", "null", ""),
      fc.constantFrom("Y", "No", "ON", "oFF", "True", "NULL", "e1", "inf", "nan", "x0", "a.", "a-", "a/", "Infinity"),
    );
    // Numbers of Go are quoted besides, and what would be a mark at the beginning of a document.
    const asGoReads = (value: string) => !/^(\d+\.?\d*$|---|\.\.\.)/.test(value.replaceAll("_", ""));
    fc.assert(
      fc.property(text.filter(asGoReads), (value) =>
        expect(toYaml({ k: { l: value }, z: 0 })).toBe(dump({ k: { l: value }, z: 0 }, { lineWidth: -1 })),
      ),
      { numRuns: 3000 },
    );
  });

  it("nests lists below their keys where asked to, as js-yaml does (but for lists in lists)", () => {
    const plain = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc
          .stringMatching(/^[a-z][a-z0-9_.-]{0,12}$/)
          .filter((word) => !/^(y|n|yes|no|on|off|true|false|null)$/.test(word)),
        fc.stringMatching(/^[a-z]{1,4}(\n[a-z]{1,4}){1,3}\n?$/),
        fc.integer(),
        fc.boolean(),
        fc.array(tie("node").filter((item) => !Array.isArray(item))),
        fc.dictionary(fc.stringMatching(/^[b-df-mo-z_][b-df-mo-z_]{1,8}$/), tie("node")),
      ),
    })).node;
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("a", "b", "c"), plain, { noNullPrototype: true, minKeys: 1 }),
        (object) =>
          expect(toYaml({ ...object, z: 0 }, "  ")).toBe(dump({ ...object, z: 0 }, { lineWidth: -1, noRefs: true })),
      ),
      { numRuns: 1000 },
    );
  });

  it("keeps the order of keys and leaves out what is undefined", () => {
    expect(toYaml({ b: 1, a: undefined, c: { d: undefined } })).toBe("b: 1\nc: {}\n");
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1])("refuses %p, which JSON cannot hold", (wrong) => {
    expect(() => toYaml({ a: wrong })).toThrow("a manifest cannot hold");
  });
});

describe("yamlOf", () => {
  it("writes an object once, and another one for itself", () => {
    const object = { a: ["b"] };
    expect(yamlOf(object)).toBe(toYaml(object));
    object.a.push("c");
    expect(yamlOf(object)).toBe("a:\n- b\n");
    expect(yamlOf({ ...object })).toBe(toYaml(object));
  });
});
