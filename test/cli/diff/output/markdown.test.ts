import fc from "fast-check";
import type { DiffResult } from "../../../../cli/diff/model";
import { code, html, prose } from "../../../../cli/diff/output/escape";
import { COMMENT_LIMIT, markdownOf } from "../../../../cli/diff/output/markdown";
import { CASES } from "../corpus/cases";
import { BASE } from "../corpus/edit";
import { type AnyObject, compare, compareFiles, kustomization, object } from "../trees";

const root = { "one/flux-system": [kustomization("app")] };
const many = (count: number, text: string): Promise<DiffResult> =>
  compare(root, {
    ...root,
    "one/app": Array.from({ length: count }, (_, index) =>
      object("v1", "Secret", { stringData: { [`k${index}`]: text } }, `it-${index}`),
    ),
  });

describe("a comment", () => {
  it.each([
    ["many findings", 5_000, "a"],
    ["long values", 300, "x".repeat(20_000)],
    ["values of many bytes a character", 2_000, "😀".repeat(500)],
    ["values of marks", 500, "`".repeat(3_000)],
    ["values of many lines", 200, "line\n".repeat(3_000)],
  ])("fits with %s", async (_, count, text) => {
    const comment = markdownOf(await many(count, text));
    expect(Buffer.byteLength(comment)).toBeLessThan(COMMENT_LIMIT);
    expect(comment).toContain("that this comment has no room for");
    expect(comment.startsWith("### 🛑")).toBe(true);
  });

  it("fits with names and waivers that are as long as can be", async () => {
    const long = (index: number): AnyObject => object("example.com/v1", "A".repeat(60_000), { spec: {} }, `n${index}`);
    const comment = markdownOf(await compare(root, { ...root, "one/app": [long(1)] }));
    expect(Buffer.byteLength(comment)).toBeLessThan(COMMENT_LIMIT);
  });

  it.each(CASES.map(({ name, after }) => [name, after] as const))("fits for: %s", async (_, after) => {
    expect(Buffer.byteLength(markdownOf(await compareFiles(BASE, after())))).toBeLessThan(COMMENT_LIMIT);
  });

  it("begins with the verdict, then the most dangerous, and ends with the pointer", async () => {
    const comment = markdownOf(await many(5_000, "a"), {
      fullReport: "The whole report: [artifact](https://example.com)",
    });
    const places = ["dangers not approved", "#### 🛑 Danger", "has no room for"].map((text) => comment.indexOf(text));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(comment).not.toContain("(https://example.com)");
  });

  it("says so when nothing differs", async () => {
    expect(markdownOf(await compare(root, root))).toContain("### ✅ nothing differs");
  });
});

const HOSTILE =
  "<img src=x onerror=alert(1)> @everyone ``` </details> [a](javascript:b) #1 https://evil.example ![i](x) | \u202e www.evil.example";

describe("text of a stranger", () => {
  it("stays text", async () => {
    const hostile = object(
      "v1",
      "ConfigMap",
      {
        metadata: { annotations: { note: HOSTILE }, labels: { "a`b": HOSTILE } },
        data: { [HOSTILE]: `${HOSTILE}\n${HOSTILE}\n` },
      },
      HOSTILE,
    );
    const comment = markdownOf(
      await compare(
        { ...root, "one/app": [object("v1", "ConfigMap", {}, "other")] },
        { ...root, "one/app": [hostile] },
      ),
    );
    const outside = withoutCode(comment);
    expect(outside).not.toMatch(/<img|onerror=alert\(1\)>|@everyone|\]\(javascript|https:\/\/evil|www\.evil|\u202e/);
    expect(outside.match(/<details>/g)?.length).toBe(outside.match(/<\/details>/g)?.length);
  });

  it("closes no code, whatever marks it has", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("`", "a", " ", "\n") }), (text) => {
        const [, marks = "", inner = ""] = /^(`+)([\s\S]*)\1$/.exec(code(text)) ?? [];
        if (text === "") return;
        expect(inner.split(/[^`]+/).every((run) => run.length !== marks.length)).toBe(true);
        expect(code(text)).not.toContain("\n");
      }),
    );
  });

  it("mentions nobody and links nowhere", () => {
    expect(prose("@team a@example.com #1 GH-1 https://a www.a <b> [a](b) *b*")).not.toMatch(
      /@[a-z]|[^\\]#|GH-\d|:\/\/|www\.|(?<!\\)[<>[\]*]/,
    );
    expect(html('<a @b> & "c"')).toBe("&#60;a &#64;\u200bb&#62; &#38; &#34;c&#34;");
  });
});

/** Leaves out fenced blocks, code spans and code elements, in which nothing is markup, linked or mentioned. */
function withoutCode(markdown: string): string {
  return markdown
    .replace(/^(`{3,})diff\n[\s\S]*?\n\1$/gm, "")
    .replace(/<code>[^<>]*<\/code>/g, "")
    .replace(/(?<!`)(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g, "");
}
