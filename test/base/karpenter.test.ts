import { App } from "cdk8s";
import { Karpenter, type KarpenterProps } from "../../base/karpenter";
import { SPOT_TAINT } from "../../base/placement";
import type { NodePool } from "../../imports/karpenter.sh";
import { objectOf, objectsOf } from "../helpers/render";

const PROPS: KarpenterProps = {
  zones: ["koreacentral-1", "koreacentral-2", "koreacentral-3"],
  families: ["D"],
  maxCpuPerNode: 8,
  limits: { cpu: 20, memoryGiB: 80 },
};

function pool(props: Partial<KarpenterProps> = {}, name = "spot-workers"): NodePool {
  return objectOf<NodePool>(new Karpenter(new App(), { ...PROPS, ...props }), "NodePool", name);
}

function requirement(nodePool: NodePool, key: string) {
  return nodePool.spec.template.spec.requirements.find((entry) => entry.key === key);
}

test("names zones as region-number, as Karpenter's nodes are labelled", () => {
  expect(requirement(pool(), "topology.kubernetes.io/zone")).toEqual({
    key: "topology.kubernetes.io/zone",
    operator: "In",
    values: ["koreacentral-1", "koreacentral-2", "koreacentral-3"],
  });
});

test("asks for no zone where the cluster has none", () => {
  expect(requirement(pool({ zones: [] }), "topology.kubernetes.io/zone")).toBeUndefined();
});

test("refers to the node class by group, kind and name, and not by apiVersion", () => {
  const component = new Karpenter(new App(), PROPS);
  expect(pool().spec.template.spec.nodeClassRef).toEqual({
    group: "karpenter.azure.com",
    kind: "AKSNodeClass",
    name: objectOf(component, "AKSNodeClass").metadata.name,
  });
});

test("puts expireAfter under the template, where v1 reads it", () => {
  expect(pool({ expireAfter: "240h" }).spec.template.spec.expireAfter).toBe("240h");
  expect(pool().spec.disruption).not.toHaveProperty("expireAfter");
});

test("gives an expired node an end even if its pods may not be evicted", () => {
  expect(pool().spec.template.spec.terminationGracePeriod).toBe("15m");
});

test("carries the Cilium label, and the startup taint that the agent takes off", () => {
  const { template } = pool().spec;
  expect(template.metadata?.labels).toMatchObject({ "kubernetes.azure.com/ebpf-dataplane": "cilium" });
  expect(template.spec.startupTaints).toEqual([
    { key: "node.cilium.io/agent-not-ready", value: "true", effect: "NoExecute" },
  ]);
});

test("taints Spot nodes itself, since node auto-provisioning does not", () => {
  expect(pool().spec.template.spec.taints).toEqual([SPOT_TAINT]);
  expect(requirement(pool(), "karpenter.sh/capacity-type")?.values).toEqual(["spot"]);
});

test("allows machines up to and with the largest: Lt is exclusive, and its value an integer in a string", () => {
  expect(requirement(pool(), "karpenter.azure.com/sku-cpu")).toEqual({
    key: "karpenter.azure.com/sku-cpu",
    operator: "Lt",
    values: ["9"],
  });
});

test("limits cpu and memory as quantities", () => {
  expect(pool().spec.limits).toEqual({ cpu: "20", memory: "80Gi" });
});

test("consolidates after a while, with a budget for what disturbs running pods", () => {
  const { disruption } = pool().spec;
  expect(disruption?.consolidationPolicy).toBe("WhenEmptyOrUnderutilized");
  expect(disruption?.consolidateAfter).toBe("5m");
  expect(disruption?.budgets).toContainEqual({ nodes: "20%", reasons: ["Underutilized", "Drifted"] });
});

test("is Spot alone unless told otherwise", () => {
  const pools = objectsOf(new Karpenter(new App(), PROPS)).filter((object) => object.kind === "NodePool");
  expect(pools.map((object) => object.metadata.name)).toEqual(["spot-workers"]);
});

test("falls back to Regular machines by one switch, behind Spot", () => {
  const fallback = pool({ onDemandFallback: true }, "on-demand-workers");
  expect(requirement(fallback, "karpenter.sh/capacity-type")?.values).toEqual(["on-demand"]);
  expect(fallback.spec.template.spec.taints).toBeUndefined();
  expect(fallback.spec.weight).toBeLessThan(pool().spec.weight ?? 0);
});
