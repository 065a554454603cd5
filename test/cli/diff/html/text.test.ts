import fc from "fast-check";
import { load } from "js-yaml";
import { commonEnds, folded, type Line, lineDiff } from "../../../../cli/diff/html/page/lines";
import { yamlLines } from "../../../../cli/diff/html/page/yaml";

const line = fc.constantFrom("a", "b", "c", "d: 1", "");
const lines = fc.array(line, { maxLength: 30 });
const sideOf = (diff: readonly Line[], other: "+" | "-") =>
  diff.filter(({ sign }) => sign !== other).map(({ text }) => text);
const edits = (diff: readonly Line[]) => diff.filter(({ sign }) => sign !== " ").length;

describe("lines laid over each other", () => {
  it("hold both texts, whatever they are", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const diff = lineDiff(before, after);
        expect(sideOf(diff, "+")).toEqual(before);
        expect(sideOf(diff, "-")).toEqual(after);
        expect(folded(diff).flatMap((part) => ("lines" in part ? part.lines : part.folded))).toEqual(diff);
      }),
    );
  });

  it("differ as little as can be", () => {
    expect(edits(lineDiff(["a", "b", "c", "d"], ["a", "x", "c", "d", "e"]))).toBe(3);
    fc.assert(
      fc.property(lines, fc.nat(29), (before, at) => {
        const after = before.toSpliced(at, 1);
        expect(edits(lineDiff(before, after))).toBe(before.length - after.length);
      }),
    );
  });

  it("show the old above the new where too much differs to be matched", () => {
    const [before, after] = ["old", "new"].map((word) =>
      Array.from({ length: 2000 }, (_, index) => `${word} ${index}`),
    );
    const diff = lineDiff(before ?? [], after ?? []);
    expect(diff).toHaveLength(4000);
    expect(diff.slice(0, 2000).every(({ sign }) => sign === "-")).toBe(true);
  });

  it("are found in long texts of which little differs", () => {
    const before = Array.from({ length: 50_000 }, (_, index) => `line ${index}`);
    const diff = lineDiff(before, before.toSpliced(100, 1).toSpliced(40_000, 0, "new"));
    expect(edits(diff)).toBe(2);
    expect(folded(diff)).toHaveLength(5);
  });

  it("mark what differs of one line in whole words", () => {
    expect(commonEnds("app:2.4.1", "app:2.5.1")).toEqual([6, 2]);
    expect(commonEnds("storefront", "storage")).toEqual([0, 0]);
    expect(commonEnds("1.1", "1.10")).toEqual([2, 0]);
    expect(commonEnds("x \u{1f600}", "x \u{1f601}")).toEqual([2, 0]);
    expect(commonEnds("same", "same")).toEqual([4, 0]);
  });

  it("never cut more than there is", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const [start, end] = commonEnds(before, after);
        expect(start + end).toBeLessThanOrEqual(Math.min(before.length, after.length));
        expect(before.slice(0, start)).toBe(after.slice(0, start));
        expect(before.slice(before.length - end)).toBe(after.slice(after.length - end));
      }),
    );
  });
});

describe("values as YAML", () => {
  it("read back as what they are", () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "true",
        "no",
        "1.10",
        "0x1F",
        "1e5",
        "~",
        "512Mi",
        "2026-12-31",
        "12:30:45",
        "a: b",
        "- a",
        "#a",
        "=",
        "<<",
        ".5",
        "_1",
      ),
      fc.array(fc.string(), { maxLength: 4 }).map((parts) => parts.join("\n")),
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        tie("list"),
        tie("object"),
      ),
      list: fc.array(tie("any"), { maxLength: 4 }),
      object: fc.dictionary(
        text.filter((key) => !key.includes("\n") && key !== "__proto__"),
        tie("any"),
        { maxKeys: 4, noNullPrototype: true },
      ),
    })).any;
    fc.assert(
      fc.property(value, (json) => {
        const before = JSON.parse(JSON.stringify(json));
        expect(load(`${yamlLines([before]).join("\n")}\n`)).toEqual([before]);
      }),
      { numRuns: 500 },
    );
  });

  it("keep the lines of a text", () => {
    expect(yamlLines({ data: { "a.sh": "one\n  two\n" } })).toEqual(["data:", "  a.sh: |", "    one", "      two"]);
  });

  it("end somewhere, however deep they are", () => {
    let deep: unknown = "end";
    for (let level = 0; level < 5000; level++) deep = { deep };
    const written = yamlLines(deep);
    expect(written.length).toBeLessThan(100);
    expect(written.at(-1)).toContain("deeper than the report shows");
  });
});
