import { App, Chart } from "cdk8s";
import { add, type KubernetesObject } from "../../base/object";
import { objectsOf } from "../helpers/render";

const scope = () => new Chart(new App(), "chart", { disableResourceNameHashes: true });
const object = (apiVersion: string, kind: string, name: string, namespace?: string): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace && { namespace }) },
});

describe("add", () => {
  it("adds an object as it is", () => {
    const chart = scope();
    const manifest = {
      ...object("apps/v1", "Deployment", "web", "shop"),
      metadata: { name: "web", namespace: "shop", labels: { app: "web" }, annotations: { note: "a: b" } },
      spec: { replicas: 2, template: { spec: { containers: [] } } },
    };
    add(chart, manifest);
    expect(objectsOf(chart)).toEqual([manifest]);
  });

  it("adds no namespace of its own", () => {
    const chart = scope();
    add(chart, object("v1", "Namespace", "shop"));
    expect(objectsOf(chart)[0]?.metadata).toEqual({ name: "shop" });
  });

  it("keeps objects apart that differ in group, version, kind, namespace or name, however odd", () => {
    const chart = scope();
    const objects = [
      object("v1", "ConfigMap", "a"),
      object("v1", "ConfigMap", "a", "b"),
      object("v1", "ConfigMap", "b.a"),
      object("v1", "Secret", "a"),
      object("apps/v1", "ConfigMap", "a"),
      object("apps/v2", "ConfigMap", "a"),
      object("rbac.authorization.k8s.io/v1", "ClusterRole", "system:view"),
      object("rbac.authorization.k8s.io/v1", "ClusterRole", "a/b"),
      object("rbac.authorization.k8s.io/v1", "ClusterRole", "a/../b"),
    ];
    for (const each of objects) add(chart, each);
    expect(objectsOf(chart)).toEqual(objects);
  });

  it("refuses the same object twice, and names it", () => {
    const chart = scope();
    add(chart, object("v1", "ConfigMap", "settings", "shop"));
    expect(() => add(chart, object("v1", "ConfigMap", "settings", "shop"))).toThrow("v1:ConfigMap:shop:settings");
  });
});
