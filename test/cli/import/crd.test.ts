import fc from "fast-check";
import { convertCrds, wantedKinds } from "../../../cli/import/crd";
import type { Schema } from "../../../cli/import/schema";
import { WIDGET_CRD } from "./sample";

const metadata: Schema = { type: "object", properties: { name: { type: "string" }, namespace: { type: "string" } } };

function convert(text: string, kinds: Record<string, string[]>, renameGroups?: Record<string, string>) {
  return convertCrds({ name: "module@v1/crds.yaml", text }, wantedKinds(kinds), metadata, renameGroups);
}

test("kinds are wanted by apiVersion, with or without a group", () => {
  expect(wantedKinds({ v1: ["Pod"], "apps/v1": ["Deployment", "DaemonSet"] })).toEqual([
    { group: "", version: "v1", kind: "Pod" },
    { group: "apps", version: "v1", kind: "Deployment" },
    { group: "apps", version: "v1", kind: "DaemonSet" },
  ]);
});

test("a wanted kind comes with its scope and a schema of a whole manifest", () => {
  const { kinds, problems } = convert(WIDGET_CRD, { "example.com/v1": ["Widget"] });
  expect(problems).toEqual([]);
  expect(kinds).toHaveLength(1);
  expect(kinds[0]).toMatchObject({ group: "example.com", version: "v1", kind: "Widget", scope: "Namespaced" });
  expect(kinds[0]?.schema.required).toEqual(["apiVersion", "kind", "metadata", "spec"]);
  expect(kinds[0]?.schema.properties).not.toHaveProperty("status");
});

test("every kind that is not there is a problem that names the file and what it has", () => {
  const { problems } = convert(WIDGET_CRD, { "example.com/v1": ["Gadget"], "example.com/v2": ["Widget"] });
  expect(problems).toEqual([
    "module@v1/crds.yaml: no example.com/v1 Gadget there; the file has example.com/v1 Widget, example.com/v1alpha1 Widget",
    "module@v1/crds.yaml: no example.com/v2 Widget there; the file has example.com/v1 Widget, example.com/v1alpha1 Widget",
  ]);
});

test("a version that is not served is not there", () => {
  expect(convert(WIDGET_CRD, { "example.com/v0": ["Widget"] }).problems).toHaveLength(1);
});

test("a file without definitions says so", () => {
  expect(convert("kind: List\n", { "example.com/v1": ["Widget"] }).problems).toEqual([
    "module@v1/crds.yaml: no example.com/v1 Widget there; the file has no CustomResourceDefinition",
  ]);
});

test("a renamed group replaces the old one", () => {
  const rename = { "example.com": "azexample.com" };
  const { kinds, problems } = convert(WIDGET_CRD, { "azexample.com/v1": ["Widget"] }, rename);
  expect(problems).toEqual([]);
  expect(kinds[0]?.schema.properties?.["apiVersion"]).toEqual({ const: "azexample.com/v1" });
  expect(convert(WIDGET_CRD, { "example.com/v1": ["Widget"] }, rename).problems).toHaveLength(1);
});

test("garbage is a problem, not an exception", () => {
  expect(convert("a: [", { "example.com/v1": ["Widget"] }).problems[0]).toContain("crds.yaml: not readable as YAML");
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(convert(text, { "example.com/v1": ["Widget"] }).problems).toHaveLength(1);
    }),
  );
});
