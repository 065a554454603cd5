import { PRESETS, rendered } from "../helpers/fleet";

describe.each(PRESETS)("C9 (as kept): what a cluster cannot make again is kept outside of it (%s)", (_, fleet) => {
  const clusters = [...rendered(fleet).values()];

  it("no cluster runs a second backup system beside the AKS extension, which refuses to share", () => {
    for (const cluster of clusters)
      expect(cluster.objects.filter((object) => object.apiVersion.includes("velero"))).toEqual([]);
  });

  it("every issued certificate is pushed to Key Vault where the cluster runs External Secrets", () => {
    for (const cluster of clusters.filter((entry) =>
      entry.components.some((component) => component.name === "external-secrets"),
    )) {
      const pushed = cluster
        .ofKind("PushSecret")
        .map((object) => `${object.metadata.namespace}/${object["spec"].selector.secret.name}`);
      const issued = cluster
        .ofKind("Certificate")
        .map((object) => `${object.metadata.namespace}/${object["spec"].secretName}`);
      expect(pushed.sort()).toEqual(issued.sort());
    }
  });

  it("what holds data is never pruned", () => {
    for (const cluster of clusters) {
      for (const object of [
        ...cluster.ofKind("Namespace"),
        ...cluster.ofKind("StorageClass"),
        ...cluster.ofKind("Gateway"),
      ]) {
        expect(object.metadata.annotations?.["kustomize.toolkit.fluxcd.io/prune"]).toBe("disabled");
      }
    }
  });
});
