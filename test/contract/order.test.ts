import { type AnyObject, PRESETS, type Rendered, rendered } from "../helpers/fleet";

/** Which component brings the CRDs of an API group; groups not named here are the cluster's own (AKS add-ons, Kubernetes, Flux). */
const BRINGS: Readonly<Record<string, string>> = {
  "cert-manager.io": "cert-manager",
  "external-secrets.io": "external-secrets",
  "policies.kyverno.io": "kyverno",
};

/** Namespaces that exist before the first object of ours. */
const PROVIDED = new Set(["kube-system", "flux-system", "aks-istio-system", "aks-istio-ingress"]);

/** Everything that Flux has applied before a component, by `dependsOn`. */
function ancestors(cluster: Rendered, component: string): ReadonlySet<string> {
  const dependsOn = new Map(
    cluster
      .ofKind("Kustomization")
      .map((object) => [
        object.metadata.name,
        (object["spec"].dependsOn ?? []).map((entry: { name: string }) => entry.name) as string[],
      ]),
  );
  const found = new Set<string>();
  const visit = (name: string) => {
    for (const dependency of dependsOn.get(name) ?? []) {
      if (!found.has(dependency)) {
        found.add(dependency);
        visit(dependency);
      }
    }
  };
  visit(component);
  return found;
}

const namespacesOf = (object: AnyObject): readonly string[] =>
  [object.metadata.namespace, object.kind === "HelmRelease" ? object["spec"].targetNamespace : undefined].filter(
    (name) => name !== undefined && !PROVIDED.has(name),
  ) as string[];

describe.each(PRESETS)("order of delivery (%s)", (_, fleet) => {
  const each = [...rendered(fleet).values()].flatMap((cluster) =>
    cluster.components
      .filter(({ name }) => name !== "flux-system")
      .map((component) => ({ cluster, name: component.name, objects: component.objects as AnyObject[] })),
  );

  it("a custom resource comes after the component that brings its CRD", () => {
    let checked = 0;
    for (const { cluster, name, objects } of each) {
      for (const object of objects) {
        const provider = BRINGS[object.apiVersion.split("/")[0] ?? ""];
        if (!provider) continue;
        checked += 1;
        expect([...ancestors(cluster, name)]).toContain(provider);
      }
    }
    expect(checked).toBeGreaterThan(10);
  });

  it("every namespace is made before it is used", () => {
    for (const { cluster, name, objects } of each) {
      const made = new Set(
        cluster
          .of("namespaces")
          .filter((object) => object.kind === "Namespace")
          .map((object) => object.metadata.name),
      );
      for (const namespace of objects.flatMap(namespacesOf)) {
        expect([...made]).toContain(namespace);
        if (name !== "namespaces") expect([...ancestors(cluster, name)]).toContain("namespaces");
      }
    }
  });

  it("applications come after the policies, secrets and classes they need", () => {
    for (const { cluster, name, objects } of each.filter((entry) => entry.name.startsWith("workloads-"))) {
      const before = ancestors(cluster, name);
      for (const needed of ["priority-classes", "secrets", "kyverno-policies"]) expect([...before]).toContain(needed);
      for (const object of objects) expect(object.metadata.namespace).toBeDefined();
    }
  });

  it("no component is applied before what it depends on exists on the cluster", () => {
    for (const cluster of rendered(fleet).values()) {
      const names = new Set(cluster.ofKind("Kustomization").map((object) => object.metadata.name));
      for (const object of cluster.ofKind("Kustomization"))
        for (const { name } of object["spec"].dependsOn ?? []) expect([...names]).toContain(name);
    }
  });
});
