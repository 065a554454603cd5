import { PRESETS, rendered } from "../helpers/fleet";

describe.each(PRESETS)(
  "C10 (as kept): nights cost less, in the way each cluster's capacity allows (%s)",
  (_, fleet) => {
    const clusters = rendered(fleet);

    it("the fleet has a monthly budget", () => {
      expect(fleet.budget.monthlyUsd).toBeGreaterThan(0);
    });

    it("a cluster with Karpenter, which cannot be stopped, scales its applications to nothing at night", () => {
      for (const { name, capacity } of fleet.clusters.filter((cluster) => cluster.capacity.night === "drain")) {
        const cluster = clusters.get(name);
        const scaled = (cluster?.ofKind("ScaledObject") ?? []).map(
          (object) => `${object.metadata.namespace}/${object["spec"].scaleTargetRef.name}`,
        );
        const deployments = (cluster?.ofKind("Deployment") ?? []).map(
          (object) => `${object.metadata.namespace}/${object.metadata.name}`,
        );
        expect(scaled.sort()).toEqual(deployments.sort());
        for (const object of cluster?.ofKind("ScaledObject") ?? []) {
          expect(object["spec"].minReplicaCount).toBe(0);
          const cron = object["spec"].triggers.find((trigger: { type: string }) => trigger.type === "cron");
          const [hour, minute] = capacity.schedule.start.split(":").map(Number);
          expect(cron.metadata.timezone).toBe(fleet.timeZone);
          expect(cron.metadata.start).toMatch(new RegExp(`^${minute} ${hour} \\* \\* `));
        }
      }
    });

    it("a cluster that stops whole scales nothing", () => {
      for (const { name } of fleet.clusters.filter((cluster) => cluster.capacity.night === "stop")) {
        expect(clusters.get(name)?.ofKind("ScaledObject")).toEqual([]);
      }
    });

    it("one autoscaler acts on each Deployment: KEDA takes over the application's own", () => {
      for (const cluster of clusters.values()) {
        for (const object of cluster.ofKind("ScaledObject")) {
          const own = cluster
            .ofKind("HorizontalPodAutoscaler")
            .filter(
              (hpa) =>
                hpa.metadata.namespace === object.metadata.namespace &&
                hpa["spec"].scaleTargetRef.name === object["spec"].scaleTargetRef.name,
            );
          expect(own).toHaveLength(1);
          expect(object.metadata.annotations?.["scaledobject.keda.sh/transfer-hpa-ownership"]).toBe("true");
          expect(object["spec"].advanced.horizontalPodAutoscalerConfig.name).toBe(own[0]?.metadata.name);
        }
      }
    });
  },
);
