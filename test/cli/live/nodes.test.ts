import type { KubernetesObject } from "../../../base/object";
import { givenObjects } from "../../../cli/live/given";
import { nodesOf, spotNode } from "../../../cli/live/nodes";
import { clusterOf } from "../../../clusters/fleet";
import { presets } from "../../../clusters/presets";
import { loadPreset } from "../../../main";

interface Node extends KubernetesObject {
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: { readonly taints: readonly { readonly key: string; readonly effect: string }[] };
}
const every = Object.keys(presets).flatMap((preset) => {
  const fleet = loadPreset(preset);
  return fleet.clusters.map((cluster) => [`${preset}/${cluster.name}`, fleet, cluster] as const);
});

describe.each(every)("nodes of %s", (_, fleet, cluster) => {
  const nodes = nodesOf(fleet, cluster) as readonly Node[];
  const zoneOf = ({ metadata }: Node) => metadata.labels["topology.kubernetes.io/zone"];

  it("are as many as the pools have, and a Spot worker for each zone", () => {
    const pooled = Object.values(cluster.pools).reduce((sum, { count }) => sum + count, 0);
    expect(nodes).toHaveLength(pooled + Math.max(cluster.zones.length, 1));
    expect(new Set(nodes.map(({ metadata }) => metadata.name)).size).toBe(nodes.length);
  });

  it("are spread over the zones that the fleet names, or have the one of a region without", () => {
    const zones = cluster.zones.length > 0 ? cluster.zones.map((zone) => `${fleet.region}-${zone}`) : ["0"];
    expect([...new Set(nodes.map(zoneOf))].sort()).toEqual([...zones].sort());
  });

  it("repel what does not say that it belongs there", () => {
    for (const { metadata, spec } of nodes) {
      const isSystem = metadata.labels["kubernetes.azure.com/mode"] === "system";
      const isSpot = metadata.labels["kubernetes.azure.com/scalesetpriority"] === "spot";
      expect(spec.taints.map(({ key }) => key)).toEqual([
        ...(isSystem ? ["CriticalAddonsOnly"] : []),
        ...(isSpot ? ["kubernetes.azure.com/scalesetpriority"] : []),
      ]);
    }
  });

  it("are what the cluster has beforehand, beside the namespaces of its mesh", () => {
    const given = givenObjects(fleet, cluster);
    expect(given.filter(({ kind }) => kind === "Node")).toEqual(nodes);
    const rest = given.filter(({ kind }) => kind !== "Node").map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(rest).toEqual(cluster.mesh ? ["Namespace aks-istio-system", "Namespace aks-istio-ingress"] : []);
  });
});

it("a Spot worker can be added to any zone", () => {
  expect(spotNode("spot-9", "koreacentral-2")).toMatchObject({
    metadata: { name: "spot-9", labels: { "topology.kubernetes.io/zone": "koreacentral-2" } },
    status: { allocatable: { cpu: "8" } },
  });
  expect(clusterOf(loadPreset("default"), "app1").zones.length).toBeGreaterThan(0);
});
