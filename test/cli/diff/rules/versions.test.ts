import { stepOf } from "../../../../cli/diff/charts";
import { object } from "../trees";
import { change, testRules } from "./cases";

const chart = (tag: string) =>
  object("source.toolkit.fluxcd.io/v1", "OCIRepository", { spec: { url: "oci://a/b", ref: { tag } } });
const release = (version: string) =>
  object("helm.toolkit.fluxcd.io/v2", "HelmRelease", { spec: { chart: { spec: { chart: "a", version } } } });
const version = (name: string, fields: readonly string[], more: object = {}) => ({
  name,
  served: true,
  storage: false,
  schema: { openAPIV3Schema: { properties: Object.fromEntries(fields.map((field) => [field, { type: "string" }])) } },
  ...more,
});
const crd = (...versions: readonly object[]) =>
  object(
    "apiextensions.k8s.io/v1",
    "CustomResourceDefinition",
    { spec: { group: "example.com", versions } },
    "its.example.com",
    null,
  );
const both = crd(version("v1beta1", ["a"]), version("v1", ["a", "b"], { storage: true }));

testRules("Versions of charts, CRDs and APIs", {
  "version/chart-major": {
    hit: [
      [chart("1.2.3"), chart("2.0.0")],
      [release("0.1.0"), release("0.2.0")],
    ],
    miss: [[chart("1.2.3"), chart("1.3.0")]],
  },
  "version/chart-minor": { hit: [[chart("v1.2.3"), chart("v1.3.0")]], miss: [[chart("1.2.3"), chart("1.2.4")]] },
  "version/chart-patch": { hit: [[chart("1.2.3"), chart("1.2.4")]], miss: [[chart("1.2.4"), chart("1.2.3")]] },
  "version/chart-downgrade": { hit: [[chart("1.10.0"), chart("1.9.0")]], miss: [[chart("1.9.0"), chart("1.10.0")]] },
  "version/chart-other": {
    hit: [
      [chart("1.2.3"), chart("latest")],
      [chart("1.2.3"), chart(">=1.0.0")],
    ],
    miss: [[chart("1.2.3"), chart("1.2.4")]],
  },
  "version/crd-removed": {
    hit: [[both, crd(version("v1", ["a", "b"], { storage: true }))]],
    miss: [[crd(version("v1", ["a"], { storage: true })), both]],
  },
  "version/crd-field-removed": {
    hit: [[both, crd(version("v1beta1", ["a"]), version("v1", ["a"], { storage: true }))]],
    miss: [[both, crd(version("v1beta1", ["a", "c"]), version("v1", ["a", "b"], { storage: true }))]],
  },
  "version/crd-stored": {
    hit: [[both, crd(version("v1beta1", ["a"], { storage: true }), version("v1", ["a", "b"]))]],
    miss: [[both, crd(version("v1beta1", ["a", "c"]), version("v1", ["a", "b"], { storage: true }))]],
  },
  "version/crd-changed": {
    hit: [[both, crd(version("v1beta1", ["a", "c"]), version("v1", ["a", "b"], { storage: true }))]],
    miss: [change(both, { metadata: { labels: { a: "b" } } })],
  },
  "version/api": {
    hit: [change(object("autoscaling/v2", "HorizontalPodAutoscaler"), { apiVersion: "autoscaling/v1" })],
    miss: [[object("a.example.com/v1", "A"), object("b.example.com/v1", "A")]],
  },
});

it.each([
  ["1.2.3", "1.2.4", "patch"],
  ["1.2", "1.3", "minor"],
  ["1.2.3-rc.1", "1.2.3", "other"],
  [undefined, "1", "added"],
  ["1", undefined, "removed"],
  ["0.9.1", "0.10.0", "major"],
] as const)("the step from %s to %s is %s", (before, after, step) => {
  expect(stepOf(before, after)).toBe(step);
});
