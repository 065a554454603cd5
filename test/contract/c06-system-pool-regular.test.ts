import { PRESETS, rendered } from "../helpers/fleet";

describe.each(PRESETS)(
  "C6: the system pool is made of Regular machines, and the platform runs on it (%s)",
  (_, fleet) => {
    const clusters = [...rendered(fleet).values()];

    it("no NodePool makes system nodes", () => {
      for (const cluster of clusters) {
        for (const pool of cluster.ofKind("NodePool"))
          expect(pool["spec"].template.metadata.labels["kubernetes.azure.com/mode"]).toBe("user");
      }
    });

    it("every NodePool of Spot machines keeps out what does not tolerate Spot", () => {
      for (const cluster of clusters) {
        for (const pool of cluster.ofKind("NodePool").filter((object) => JSON.stringify(object).includes('"spot"'))) {
          expect(pool["spec"].template.spec.taints).toContainEqual({
            key: "kubernetes.azure.com/scalesetpriority",
            value: "spot",
            effect: "NoSchedule",
          });
        }
      }
    });

    it("every chart's controllers are placed on system nodes and tolerate their taint", () => {
      for (const cluster of clusters) {
        for (const release of cluster.ofKind("HelmRelease")) {
          const values = JSON.stringify(release["spec"].values);
          expect(values).toContain('"kubernetes.azure.com/mode":"system"');
          expect(values).toContain("CriticalAddonsOnly");
          expect(values).not.toContain("scalesetpriority");
        }
      }
    });
  },
);
