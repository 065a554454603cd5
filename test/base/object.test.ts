import { ApiObject, App, Chart, JsonPatch } from "cdk8s";
import fc from "fast-check";
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

  const only = (chart: Chart): ApiObject => chart.node.children[0] as ApiObject;

  it("yields what cdk8s itself would", () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constantFrom(null, undefined, "", {}, []));
    const { data } = fc.letrec((tie) => ({
      data: fc.dictionary(fc.constantFrom("b", "a", "kind2", "10", "9", "é"), tie("value"), { noNullPrototype: true }),
      value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie("value"), { maxLength: 3 }), tie("data")),
    }));
    fc.assert(
      fc.property(data, data, data, fc.boolean(), (spec, labels, extra, isDefaulted) => {
        const manifest = {
          ...object("v1", "Thing", "a", isDefaulted ? undefined : "b"),
          metadata: { ...(extra as object), name: "a", labels: labels as Record<string, string> },
          spec,
        };
        const defaults = isDefaulted ? { namespace: "shop", labels: { team: "shop" } } : {};
        const [ours, theirs] = [new Chart(new App(), "c", defaults), new Chart(new App(), "c", defaults)];
        add(ours, manifest);
        new ApiObject(theirs, "x", { ...manifest });
        expect(JSON.stringify(only(ours).toJson())).toBe(JSON.stringify(only(theirs).toJson()));
      }),
      { numRuns: 500 },
    );
  });

  it("takes what is added to the object later", () => {
    const chart = scope();
    add(chart, { ...object("v1", "Thing", "a"), spec: { replicas: 1 } });
    only(chart).metadata.addLabel("team", "shop");
    only(chart).addJsonPatch(JsonPatch.replace("/spec/replicas", 2));
    expect(only(chart).toJson()).toEqual({
      ...object("v1", "Thing", "a"),
      metadata: { name: "a", labels: { team: "shop" } },
      spec: { replicas: 2 },
    });
  });

  it.each([new Date(0), new Map(), /x/])("refuses %p, which is no data", (wrong) => {
    const chart = scope();
    add(chart, { ...object("v1", "Thing", "a"), spec: { list: [wrong] } } as KubernetesObject);
    expect(() => only(chart).toJson()).toThrow(
      `chart/v1:Thing::a holds a ${wrong.constructor.name}, and a manifest is plain data`,
    );
  });
});
