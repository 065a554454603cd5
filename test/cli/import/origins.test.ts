import { type ImportedSource, originsOf, originsText, parseOrigins } from "../../../cli/import/origins";
import { readmeText } from "../../../cli/import/readme";
import { FETCHED } from "./sample";

const sources: ImportedSource[] = FETCHED.slice(1).map((fetched) => ({
  fetched,
  converted: {
    kinds: [{ group: "example.com", version: "v1", kind: "Widget", scope: "Cluster", schema: {} }],
    omissions: [{ kind: "example.com/v1 Widget", path: ".spec.id", what: "pattern a|b", reason: "a reason" }],
    problems: [],
  },
}));
const origins = originsOf(sources);

test("a record says what, where from, under which licence, and what became of it", () => {
  expect(origins.sources).toEqual([
    {
      title: "Widgets",
      origin: "example.com/widgets",
      version: "v2.0.0",
      checksum: "h1:widgets",
      licence: "MIT",
      note: "Turns.",
      files: [{ path: "crds.yaml", sha256: "bb" }],
      kinds: [
        {
          apiVersion: "example.com/v1",
          kind: "Widget",
          scope: "Cluster",
          types: "example.com.ts",
          schema: "schemas/example.com/widget_v1.json",
        },
      ],
      omissions: [{ kind: "example.com/v1 Widget", path: ".spec.id", what: "pattern a|b", reason: "a reason" }],
    },
  ]);
});

test("a record reads back as it was written", () => {
  expect(parseOrigins(originsText(origins))).toEqual(origins);
});

test.each([undefined, "", "{", "1", "null", "[]", '{"sources":1}'])("%j is no record", (text) => {
  expect(parseOrigins(text)).toBeUndefined();
});

test("the readable list has a row per source and per kind, notes and omissions", () => {
  const text = readmeText(origins);
  expect(text).toContain("| Widgets | example.com/widgets | v2.0.0 | h1:widgets | MIT | example.com/v1 Widget |");
  expect(text).toContain("- Widgets: Turns.");
  expect(text).toContain("| example.com/v1 Widget | `.spec.id` | `pattern a\\|b` | a reason |");
  expect(text).toContain("| example.com/v1 Widget | Cluster | [example.com.ts](example.com.ts) |");
});
