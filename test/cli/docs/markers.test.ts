import { fill, MarkerError } from "../../../cli/docs/markers";

const parts = { one: "first", two: "second\nand more" };

function problemsOf(...lines: readonly string[]): readonly string[] {
  try {
    fill("docs/a.md", lines.join("\n"), parts);
  } catch (error) {
    if (error instanceof MarkerError) return error.problems;
    throw error;
  }
  return [];
}

const begin = (name: string) => `<!-- generated: ${name} -->`;
const end = (name: string) => `<!-- /generated: ${name} -->`;

it("replaces what stands between markers, and nothing else", () => {
  const before = ["# A", begin("one"), "old", "older", end("one"), "", "text", begin("two"), end("two"), ""].join("\n");
  const { text, used } = fill("docs/a.md", before, parts);
  expect(text).toBe(
    `# A\n${begin("one")}\n\nfirst\n\n${end("one")}\n\ntext\n${begin("two")}\n\nsecond\nand more\n\n${end("two")}\n`,
  );
  expect(used).toEqual(["one", "two"]);
  expect(fill("docs/a.md", text, parts).text).toBe(text);
});

it("leaves a document without markers as it is", () => {
  const text = "# A\r\n\r\n<!-- a comment -->\n";
  expect(fill("docs/a.md", text, parts)).toEqual({ text, used: [] });
});

it("may show a part twice", () => {
  const text = [begin("one"), end("one"), begin("one"), end("one")].join("\n");
  expect(fill("docs/a.md", text, parts).used).toEqual(["one", "one"]);
});

it.each<readonly [string, readonly string[], readonly string[]]>([
  ["no end", [begin("one"), "x"], ["docs/a.md:1 begins the part one, which does not end"]],
  ["no beginning", ["x", end("one")], ["docs/a.md:2 ends the part one, which does not begin before it"]],
  ["another end", [begin("one"), end("two")], ["docs/a.md:2 ends the part two, which does not begin before it"]],
  [
    "one inside another",
    [begin("one"), begin("two"), end("two")],
    ["docs/a.md:1 begins the part one, which does not end before two begins"],
  ],
  ["an unknown name", [begin("ones"), end("ones")], ["docs/a.md:1 names the part ones; there are one, two"]],
  [
    "a name of JavaScript's own",
    [begin("toString"), end("toString")],
    ["docs/a.md:1 names the part toString; there are one, two"],
  ],
  [
    "more on the line",
    [`text ${begin("one")}`, `${end("one")} `],
    [
      "docs/a.md:1 is no marker; write <!-- generated: NAME --> alone on a line",
      "docs/a.md:2 is no marker; write <!-- generated: NAME --> alone on a line",
    ],
  ],
])("refuses %s", (_case, lines, problems) => {
  expect(problemsOf(...lines)).toEqual(problems);
});
