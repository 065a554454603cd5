import type { KubernetesObject } from "../../../base/object";
import { type Dependencies, dependenciesOf, mermaid, orderCharts, reduced } from "../../../cli/docs/graph";
import { overlayOf } from "../../../clusters/overlays";
import { presets } from "../../../clusters/presets";
import { type RenderedCluster, renderCluster } from "../../../main";

function kustomization(name: string, dependsOn?: readonly string[]): KubernetesObject {
  const spec = dependsOn ? { dependsOn: dependsOn.map((each) => ({ name: each })) } : {};
  const object = { apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization", metadata: { name }, spec };
  return object;
}

const cluster: RenderedCluster = {
  name: "one",
  components: [
    { name: "web", objects: [{ apiVersion: "v1", kind: "Service", metadata: { name: "web" } }] },
    {
      name: "flux-system",
      objects: [
        kustomization("web", ["mesh", "base"]),
        kustomization("mesh", ["base"]),
        kustomization("base"),
        { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization", metadata: { name: "another-kind" } },
      ],
    },
  ],
};

const graphOf = (edges: Readonly<Record<string, readonly string[]>>): Dependencies => new Map(Object.entries(edges));

it("reads the order from the Flux Kustomizations, sorted", () => {
  expect([...dependenciesOf(cluster)]).toEqual([
    ["base", []],
    ["mesh", ["base"]],
    ["web", ["base", "mesh"]],
  ]);
});

it.each<readonly [string, Record<string, readonly string[]>, Record<string, readonly string[]>]>([
  ["a chain and its short cut", { a: [], b: ["a"], c: ["a", "b"] }, { a: [], b: ["a"], c: ["b"] }],
  ["a long short cut", { a: [], b: ["a"], c: ["b"], d: ["a", "c"] }, { a: [], b: ["a"], c: ["b"], d: ["c"] }],
  [
    "a diamond, which has none",
    { a: [], b: ["a"], c: ["a"], d: ["b", "c"] },
    { a: [], b: ["a"], c: ["a"], d: ["b", "c"] },
  ],
  ["nothing", {}, {}],
])("leaves out what follows from others: %s", (_case, graph, expected) => {
  expect(Object.fromEntries(reduced(graphOf(graph)))).toEqual(expected);
});

it("draws an arrow from what is first to what waits, under names that Mermaid cannot misread", () => {
  expect(mermaid(graphOf({ end: [], "cert-manager": ["end"] }))).toBe(
    [
      "```mermaid",
      "flowchart LR",
      '  c_end["end"]',
      '  c_cert_manager["cert-manager"]',
      "  c_end --> c_cert_manager",
      "```",
    ].join("\n"),
  );
});

it("draws every cluster under its name", () => {
  const text = orderCharts([cluster, { ...cluster, name: "two" }]);
  expect(text.match(/^### .*/gm)).toEqual(["### one", "### two"]);
  expect(text.match(/c_mesh --> c_web/g)).toHaveLength(2);
  expect(text).not.toContain("c_base --> c_web");
});

describe.each(Object.entries(presets))("the preset %s", (_name, fleet) => {
  it.each(fleet.clusters.map(({ name }) => name))("%s keeps its order when it is reduced", (name) => {
    const graph = dependenciesOf(renderCluster(fleet, name, overlayOf(name)));
    const earlier = (all: Dependencies, of: string): ReadonlySet<string> =>
      new Set((all.get(of) ?? []).flatMap((each) => [each, ...earlier(all, each)]));
    expect(graph.size).toBeGreaterThan(5);
    for (const each of graph.keys()) expect(earlier(reduced(graph), each)).toEqual(earlier(graph, each));
  });
});
