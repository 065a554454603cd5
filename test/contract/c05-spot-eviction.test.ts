import { type AnyObject, PRESETS, rendered } from "../helpers/fleet";

/** Azure tells a Spot machine 30 seconds before it takes it away. */
const SPOT_NOTICE_SECONDS = 30;

describe.each(PRESETS)("C5: workloads survive an eviction of their Spot node (%s)", (_, fleet) => {
  const clusters = [...rendered(fleet).values()];

  it("every application spreads over zones and hosts, keeps a budget, and stops within Spot's notice", () => {
    for (const cluster of clusters) {
      for (const deployment of cluster.ofKind("Deployment")) {
        const pod = deployment["spec"].template;
        const keys = pod.spec.topologySpreadConstraints.map((entry: { topologyKey: string }) => entry.topologyKey);
        expect(keys).toEqual(expect.arrayContaining(["topology.kubernetes.io/zone", "kubernetes.io/hostname"]));
        const hosts = pod.spec.topologySpreadConstraints.find(
          (entry: { topologyKey: string }) => entry.topologyKey === "kubernetes.io/hostname",
        );
        expect(hosts.whenUnsatisfiable).toBe("DoNotSchedule");
        expect(hosts.maxSkew).toBeLessThanOrEqual(
          Math.ceil(fewestPods(cluster.ofKind("HorizontalPodAutoscaler"), deployment) / 2),
        );
        for (const constraint of pod.spec.topologySpreadConstraints)
          expect(pod.metadata.labels).toMatchObject(constraint.labelSelector.matchLabels);
        expect(pod.spec.terminationGracePeriodSeconds).toBeLessThan(SPOT_NOTICE_SECONDS);
        expect(pod.spec.tolerations).toContainEqual(
          expect.objectContaining({ key: "kubernetes.azure.com/scalesetpriority", value: "spot" }),
        );
        expect(budgetsOf(cluster.ofKind("PodDisruptionBudget"), deployment)).toHaveLength(1);
      }
    }
  });

  it("Karpenter makes Spot nodes in every zone of the cluster, and regular ones only by choice", () => {
    for (const cluster of fleet.clusters.filter((entry) => entry.capacity.nodes === "karpenter")) {
      const pools = clusters.find((entry) => entry.name === cluster.name)?.ofKind("NodePool") ?? [];
      expect(pools).toHaveLength(1);
      const requirements = Object.fromEntries(
        pools[0]?.["spec"].template.spec.requirements.map((entry: { key: string; values: string[] }) => [
          entry.key,
          entry.values,
        ]),
      );
      expect(requirements["karpenter.sh/capacity-type"]).toEqual(["spot"]);
      expect(requirements["topology.kubernetes.io/zone"]).toEqual(
        cluster.zones.map((zone) => `${fleet.region}-${zone}`),
      );
    }
  });
});

function fewestPods(autoscalers: readonly AnyObject[], { metadata }: AnyObject): number {
  const own = autoscalers.find(
    (each) => each.metadata.namespace === metadata.namespace && each["spec"].scaleTargetRef.name === metadata.name,
  );
  return own?.["spec"].minReplicas;
}

function budgetsOf(budgets: readonly AnyObject[], deployment: AnyObject): readonly AnyObject[] {
  const labels: Record<string, string> = deployment["spec"].template.metadata.labels;
  return budgets.filter(
    (budget) =>
      budget.metadata.namespace === deployment.metadata.namespace &&
      Object.entries(budget["spec"].selector.matchLabels).every(([key, value]) => labels[key] === value),
  );
}
