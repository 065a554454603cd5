import { convertCrds, wantedKinds } from "../../../cli/import/crd";
import { convertOpenApi } from "../../../cli/import/openapi";
import { firstSentence, typeSchema, typesOf } from "../../../cli/import/types";
import { OPEN_API, WIDGET_CRD } from "./sample";

// The generator loads its formatter, which jest cannot load, although it is never used.
jest.mock("prettier", () => ({}));

const metadata = { type: "object", properties: { name: { type: "string" } } };
const widgets = (kinds: Record<string, string[]>) =>
  convertCrds({ name: "crds.yaml", text: WIDGET_CRD }, wantedKinds(kinds), metadata).kinds;

test("a kind becomes an interface with literal apiVersion and kind, exact enums and no any", async () => {
  expect(await typesOf(widgets({ "example.com/v1": ["Widget"] }), "// Header\n")).toBe(`// Header
import type { ObjectMeta } from "../base/object";

/** Any kind of this file. */
export type Manifest = Widget;

/** A Widget turns. */
export interface Widget {
  apiVersion: "example.com/v1";
  kind: "Widget";
  metadata: ObjectMeta;
  spec: {
    /** How large it is. */
    size: "small" | "large";
    port?: number | string;
    values?: unknown;
    tags?: readonly string[];
  };
}
`);
});

test("the same kind in two versions gets them as suffix", async () => {
  const text = await typesOf(widgets({ "example.com/v1": ["Widget"], "example.com/v1alpha1": ["Widget"] }), "");
  expect(text).toContain("export interface WidgetV1 {");
  expect(text).toContain("export interface WidgetV1Alpha1 {");
});

test("kinds of one file share their definitions", async () => {
  const { kinds } = convertOpenApi("swagger.json", OPEN_API, wantedKinds({ v1: ["Namespace", "Pod"] }));
  const text = await typesOf(kinds, "");
  expect(text.match(/^export interface \w+/gm)).toEqual([
    "export interface Namespace",
    "export interface Pod",
    "export interface PodSpec",
    "export interface Container",
    "export interface EmbeddedPod",
    "export interface TemplateMeta",
    "export interface RbacSubject",
    "export interface FlowSubject",
  ]);
  expect(text).toContain("export type Quantity = string | number;");
  expect(text).not.toMatch(/\bany\b/);
});

test.each([
  [{}, { tsType: "unknown" }],
  [{ type: "object", additionalProperties: false }, { tsType: "Record<string, never>" }],
  [{ type: ["object", "null"], additionalProperties: false }, { tsType: "Record<string, never> | null" }],
  [
    { type: "object", additionalProperties: true },
    { type: "object", additionalProperties: true },
  ],
  [{ type: ["string", "null"], enum: ["a", null] }, { enum: ["a", null] }],
  [{ type: "string", pattern: "a", oneOf: [{}] }, { type: "string" }],
])("%j becomes %j", (schema, expected) => {
  expect(typeSchema(schema, 0)).toEqual(expected);
});

test.each([
  [undefined, undefined],
  ["  \n ", undefined],
  ["One. Two.", "One."],
  ["No end", "No end"],
  ["Optional. Says more. Next", "Says more."],
  ["Optional.", undefined],
  ["Broken\nover lines. Next", "Broken over lines."],
  ["The duration (i.e. lifetime) of it. Next", "The duration (i.e. lifetime) of it."],
  ["Version 1.2 is fine. Next", "Version 1.2 is fine."],
  ["Ends a comment */ early. Next", "Ends a comment * / early."],
  [`${"word ".repeat(60)}end.`, `${"word ".repeat(32).trim()} …`],
])("of %j the first sentence is %j", (description, sentence) => {
  expect(firstSentence(description)).toBe(sentence);
});
