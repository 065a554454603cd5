import { PRESETS, rendered } from "../helpers/fleet";

describe.each(PRESETS)(
  "C2: metrics, logs and traces are kept in Azure Monitor, outside the clusters (%s)",
  (_, fleet) => {
    const clusters = [...rendered(fleet).values()];

    it("no cluster keeps observability data on a disk of its own", () => {
      for (const cluster of clusters) {
        expect(
          cluster.objects.filter((object) =>
            ["StatefulSet", "PersistentVolumeClaim", "Prometheus"].includes(object.kind),
          ),
        ).toEqual([]);
        for (const release of cluster.ofKind("HelmRelease"))
          expect(JSON.stringify(release["spec"].values)).not.toMatch(/"persistence":\{"enabled":true/);
      }
    });

    it("every cluster configures the managed Prometheus and Container Insights agents", () => {
      for (const cluster of clusters) {
        const names = cluster
          .of("monitoring")
          .filter((object) => object.kind === "ConfigMap")
          .map((object) => `${object.metadata.namespace}/${object.metadata.name}`);
        expect(names.sort()).toEqual([
          "kube-system/ama-metrics-settings-configmap",
          "kube-system/container-azm-ms-agentconfig",
        ]);
      }
    });

    it("monitors use the managed API group, which the add-on reads", () => {
      for (const cluster of clusters) {
        for (const monitor of [...cluster.ofKind("PodMonitor"), ...cluster.ofKind("ServiceMonitor")])
          expect(monitor.apiVersion).toBe("azmonitoring.coreos.com/v1");
      }
    });

    it("Kiali reads the Monitor workspace", () => {
      const kialis = clusters.flatMap((cluster) =>
        cluster.of("kiali").filter((object) => object.kind === "HelmRelease"),
      );
      expect(kialis).toHaveLength(2);
      for (const kiali of kialis)
        expect(kiali["spec"].values.external_services.prometheus.url).toBe("${PROMETHEUS_QUERY_ENDPOINT}");
    });
  },
);
