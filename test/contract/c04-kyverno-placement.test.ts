import { PRESETS, rendered } from "../helpers/fleet";

describe.each(PRESETS)("C4: Kyverno enforces on application clusters only (%s)", (_, fleet) => {
  const clusters = rendered(fleet);
  const policies = (name: string) => clusters.get(name)?.ofKind("ValidatingPolicy") ?? [];

  it("mgmt runs neither Kyverno nor its policies", () => {
    expect(
      clusters
        .get("mgmt")
        ?.components.map((component) => component.name)
        .filter((name) => name.startsWith("kyverno")),
    ).toEqual([]);
    expect(policies("mgmt")).toEqual([]);
  });

  it.each(["app1", "app2"])("%s denies what the documents forbid and audits labels", (name) => {
    const actions = Object.fromEntries(
      policies(name).map((policy) => [policy.metadata.name, policy["spec"].validationActions]),
    );
    expect(actions).toEqual({
      "disallow-privileged-containers": ["Deny"],
      "require-labels": ["Audit"],
      "require-resource-limits": ["Deny"],
      "restrict-image-registries": ["Deny"],
    });
  });

  it("every cluster enforces Pod Security baseline on every namespace of ours", () => {
    for (const cluster of clusters.values()) {
      expect(cluster.ofKind("Namespace").length).toBeGreaterThan(0);
      for (const namespace of cluster.ofKind("Namespace")) {
        expect(namespace.metadata.labels).toMatchObject({
          "pod-security.kubernetes.io/enforce": "baseline",
          "pod-security.kubernetes.io/audit": "restricted",
          "pod-security.kubernetes.io/warn": "restricted",
        });
      }
    }
  });
});
