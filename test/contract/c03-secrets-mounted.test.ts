import { PRESETS, rendered } from "../helpers/fleet";

describe.each(PRESETS)(
  "C3: applications read secrets from files that Key Vault fills, never from etcd (%s)",
  (_, fleet) => {
    const clusters = [...rendered(fleet).values()];
    const applications = clusters.flatMap((cluster) =>
      cluster.ofKind("Deployment").map((deployment) => ({ cluster, deployment })),
    );

    it("there are applications with secrets", () => {
      expect(applications.length).toBeGreaterThan(1);
    });

    it("no manifest carries a Secret", () => {
      for (const cluster of clusters) expect(cluster.ofKind("Secret")).toEqual([]);
    });

    it("every application mounts its class, reads nothing from a synced Secret, and is restarted by Reloader when a value changes", () => {
      for (const { cluster, deployment } of applications) {
        const pod = deployment["spec"].template.spec;
        const mounted = pod.volumes.filter(
          (volume: { csi?: { driver: string } }) => volume.csi?.driver === "secrets-store.csi.k8s.io",
        );
        expect(mounted).toHaveLength(1);
        const name = mounted[0].csi.volumeAttributes.secretProviderClass;
        const found = cluster
          .ofKind("SecretProviderClass")
          .filter(
            (object) => object.metadata.name === name && object.metadata.namespace === deployment.metadata.namespace,
          );
        expect(found).toHaveLength(1);
        expect(found[0]?.["spec"].secretObjects).toBeUndefined();
        for (const container of pod.containers) {
          expect(container.envFrom ?? []).toEqual([]);
          for (const entry of container.env ?? []) expect(entry.valueFrom?.secretKeyRef).toBeUndefined();
        }
        const annotations = Object.keys(deployment.metadata.annotations ?? {});
        expect(annotations.filter((key) => key.startsWith("secretproviderclass.reloader.stakater.com/"))).toHaveLength(
          1,
        );
      }
    });

    it("the class acts with the identity of the pod's own service account", () => {
      for (const { cluster, deployment } of applications) {
        const account = cluster
          .ofKind("ServiceAccount")
          .find((object) => object.metadata.name === deployment["spec"].template.spec.serviceAccountName);
        const clientId = account?.metadata.annotations?.["azure.workload.identity/client-id"];
        const volume = deployment["spec"].template.spec.volumes.find((entry: { csi?: object }) => entry.csi);
        const provider = cluster
          .ofKind("SecretProviderClass")
          .find((object) => object.metadata.name === volume.csi.volumeAttributes.secretProviderClass);
        expect(clientId).toMatch(/^\$\{[A-Z_]+_CLIENT_ID\}$/);
        expect(provider?.["spec"].parameters.clientID).toBe(clientId);
        expect(deployment["spec"].template.metadata.labels["azure.workload.identity/use"]).toBe("true");
      }
    });
  },
);
