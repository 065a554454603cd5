import fc from "fast-check";
import { embed, scriptJson } from "../../../../cli/diff/html/embed";
import { partOf } from "../../../../cli/diff/html/page/report";
import { largeReport } from "./reports";

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>",
    "]]>",
    "\u2028\u2029",
    "\ud800",
    "__proto__",
    "&lt;",
  ),
);

describe("data in a page", () => {
  it("is JSON that ends no script and starts no markup, whatever is in it", () => {
    fc.assert(
      fc.property(fc.dictionary(hostile, fc.oneof(hostile, fc.array(hostile)), { noNullPrototype: true }), (value) => {
        const json = scriptJson(value);
        expect(json).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("comes in parts, each change's fields in the one that is looked for", () => {
    const result = largeReport(3000);
    const { report, parts } = embed(result);
    const page = JSON.parse(report);
    expect(parts.length).toBeGreaterThan(5);
    expect(page.parts).toHaveLength(parts.length);
    for (const part of parts) expect(part.length).toBeLessThan(400_000);
    const read = parts.map((part) => JSON.parse(part));
    for (const [position, change] of result.changes.entries()) {
      const part = partOf(page.parts, position);
      expect(read[part][position - page.parts[part]]).toEqual(change.fields);
      expect(page.changes[position].differs).toBe(change.fields.length);
      expect(page.changes[position].fields).toBeUndefined();
    }
  });

  it("has no parts where nothing changes", () => {
    expect(embed(largeReport(0)).parts).toEqual([]);
  });
});
