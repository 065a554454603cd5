import fc from "fast-check";

interface Text {
  readonly code: (word: string) => string;
  readonly harmless: (text: string, docs?: string) => string;
}

// The scripts are plain JavaScript, since a workflow runs them as they are.
const { code, harmless } = require("../../.github/scripts/text.cjs") as Text;

const DOCS = "https://github.com/example/aks-fleet/blob/HEAD/";
/** What is put in has no width. */
const seen = (text: string) => text.replaceAll("\u200b", "");

describe("text that anybody may have written", () => {
  it.each([
    ["a mention", "ask @octocat"],
    ["a mention at the start", "@octocat"],
    ["a mention after markup", "*x*@octocat <b>y</b>@octo/team (@octocat) _z_@octocat"],
    ["a mention by escape", "\\@octocat"],
    ["a mention of Azure DevOps", "@<8f2c1f3e-0000-4000-8000-000000000000>"],
  ])("notifies nobody: %s", (_, text) => {
    expect(harmless(text)).not.toMatch(/(^|[^a-z0-9])@[a-z0-9<]/i);
    expect(seen(harmless(text))).toBe(text);
  });

  it.each([
    "&#64;octocat",
    "&#x40;octocat",
    "&commat;octocat",
    "&#64octocat",
    "&num;12",
    "&#35;12",
    "&#064;octocat",
    "&lbrack;x&rpar;",
  ])("notifies nobody by an entity: %s", (text) => expect(harmless(text)).not.toMatch(/&[#a-z]/i));

  it.each([
    "closes #12",
    "o/r#12",
    "GH-12",
    "gh-12",
    "AB#12",
    "!12",
    "https://github.com/o/r/issues/12",
    "HTTPS://GITHUB.COM/o/r/pull/1",
  ])("refers to nothing: %s", (text) => {
    expect(harmless(text, DOCS)).not.toMatch(/[#!]\d|gh-\d|:\/\//i);
    expect(seen(harmless(text, DOCS))).toBe(text);
  });

  it.each([
    "![x](https://example.com/x.png)",
    "![x][y]",
    '<img src="https://example.com/x.png">',
    "<IMG/src=x>",
    "<picture><source srcset=x></picture>",
    "<video src=x>",
    "<svg onload=x>",
  ])("loads nothing: %s", (text) => {
    expect(harmless(text)).not.toMatch(/!\[|<(img|picture|source|video|svg|\/)/i);
  });

  it.each([
    "[Approve](https://example.com)",
    "[Approve]( https://example.com )",
    "[Approve](<https://example.com>)",
    "[Approve](javascript:x)",
    "[Approve](//example.com)",
    '<a href="https://example.com">Approve</a>',
    "[Approve][1]\n\n[1]: https://example.com",
    `[Approve](${DOCS}docs/../../../../../other)`,
    "[Approve](docs/../../x)",
    "[Approve](https://github.com.example.com/example/aks-fleet/blob/HEAD/docs/x)",
  ])("hides no address behind words: %s", (text) => {
    expect(harmless(text, DOCS)).not.toMatch(/\]\(|\]:|<a/);
  });

  it("may link to the project's documentation, also by a relative address", () => {
    const text = `[rule](docs/diff/rules.md#prune) and [rule](./docs/diff/rules.md) and [rule](${DOCS}docs/diff/rules.md)`;
    expect(harmless(text, DOCS)).toBe(
      `[rule](${DOCS}docs/diff/rules.md#prune) and [rule](${DOCS}docs/diff/rules.md) and [rule](${DOCS}docs/diff/rules.md)`,
    );
    expect(harmless(text)).not.toContain("](");
  });

  it.each([
    "<!-- aks-fleet: pull request report -->",
    "<!-- hidden",
    "<details hidden>",
    '<details class="x">',
    "<style>",
    "<script>x</script>",
    "<?x?>",
    "</div>",
  ])("hides nothing in HTML: %s", (text) => expect(harmless(text)).not.toMatch(/<[a-z/!?]/i));

  it("hides nothing in characters that are not seen, or that turn others round", () => {
    expect(harmless("a\u202eb\u2066c\u200dd\u0000e\u001b[31mf\ufeffg\u00adh\r\ni\tj\rk")).toBe("abcde[31mfgh\ni\tj\nk");
  });

  it.each(["/merge", "  /approve", "> /deploy now", "ok\n/close"])("commands no robot: %j", (text) => {
    expect(harmless(text)).not.toMatch(/^[ \t>]*\/[a-z]/im);
  });

  it("keeps the look of a report", () => {
    const report = [
      "## 2 changed on app1, app2",
      "<details open><summary><b>3</b> dangerous</summary>\n",
      "| severity | object |\n| --- | --- |\n| a &lt; b | `Deployment/web` &#124; x |",
      "```diff\n- image: registry.example.com/web@sha256:0123\n+ replicas: 3 # was 2\n```",
      "</details><br>",
    ].join("\n");
    expect(harmless(report)).toBe(report);
  });

  it("whatever it is, no mention, image, tag or foreign link is in it", () => {
    const piece = fc.constantFrom(
      "@a",
      "@",
      "#1",
      "&#64;",
      "&commat;",
      "&",
      "<",
      "a",
      "!--",
      "/img>",
      "![",
      "](",
      "]:",
      "(",
      ")",
      "docs/x",
      DOCS,
      "`",
      "\n",
      "\\",
      "\u200b",
      "\u202e",
      "1",
      ":",
      "//",
      "www.",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        const text = harmless(pieces.join(""), DOCS);
        expect(text).not.toMatch(/(^|[^a-z0-9])@[a-z0-9<]|!\[|\]:|[#!]\d|<!|<img|[\u202a-\u202e]/i);
        for (const [, target = ""] of text.matchAll(/\]\(([^)\s]*)/g))
          expect(target.startsWith(`${DOCS}docs/`)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("takes little time, however it is made", () => {
    const started = performance.now();
    for (const part of ["<", "&", "](", "@", ":", "//", "www.", "](docs/", "[", "\n>", "#1"])
      harmless(part.repeat(1_000_000 / part.length), DOCS);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it("is code in a line", () => expect(code("cli/`x`\n@octocat")).toBe("`cli/ x  @\u200boctocat`"));
});
