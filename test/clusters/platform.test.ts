import { App } from "cdk8s";
import { Component } from "../../base/component";
import { add } from "../../base/object";
import { clusterOf, componentsOf, type Fleet, fleet } from "../../clusters/fleet";
import type { ClusterOverlay } from "../../clusters/overlay";
import { overlayOf } from "../../clusters/overlays";
import { platform } from "../../clusters/platform";
import { demo } from "../../clusters/presets/demo";
import { CHARTS } from "../../clusters/versions";
import { objectsOf } from "../helpers/render";

const CLUSTERS = ["mgmt", "app1", "app2"];

/** The components of a cluster, by name. */
function componentsBuilt(own: Fleet, name: string, more: ClusterOverlay = {}): ReadonlyMap<string, Component> {
  const app = new App();
  const cluster = clusterOf(own, name);
  platform(app, own, cluster, { ...overlayOf(name)({ fleet: own, cluster }), ...more });
  const components = app.node.children.filter(Component.isComponent);
  expect(components).toHaveLength(app.node.children.length);
  return new Map(components.map((component) => [component.name, component]));
}

const specs = (component: Component | undefined, kind: string) =>
  component
    ? objectsOf(component)
        .filter((object) => object.kind === kind)
        .map((object) => object.spec)
    : [];

describe.each([
  ["default", fleet],
  ["demo", demo],
])("the platform of %s", (_, own) => {
  it.each(CLUSTERS)("has on %s exactly the components that its data asks for", (name) => {
    // What Flux starts with comes last, from main.ts, when all else is known.
    const asked: string[] = componentsOf(clusterOf(own, name)).filter((component) => component !== "flux-system");
    const built = [...componentsBuilt(own, name).keys()];
    const families = built.map((component) =>
      asked.find((family) => component === family || component.startsWith(`${family}-`)),
    );
    expect(families).not.toContain(undefined);
    expect([...new Set(families)].sort()).toEqual([...asked].sort());
  });
});

describe("charts", () => {
  const charts = (own: Fleet) =>
    CLUSTERS.flatMap((name) =>
      [...componentsBuilt(own, name).values()].flatMap(({ delivery }) => delivery.charts ?? []),
    );

  it("come from their projects' registries, at the pinned versions", () => {
    expect(charts(fleet).length).toBeGreaterThan(6);
    for (const chart of charts(fleet)) expect(Object.values(CHARTS)).toContainEqual(chart);
  });

  it.each<[NonNullable<Fleet["chartMirror"]>, object]>([
    [{ url: "oci://mirror.example.com/charts" }, {}],
    [{ url: "oci://localhost:5000/charts", insecure: true }, { insecure: true }],
  ])("all come from the one mirror where there is one: %j", (chartMirror, more) => {
    const mirrored = charts({ ...fleet, chartMirror });
    expect(mirrored).toHaveLength(charts(fleet).length);
    for (const chart of mirrored) {
      const pin = Object.values(CHARTS).find(({ name }) => name === chart.name);
      expect(chart).toEqual({ name: pin?.name, version: pin?.version, registry: chartMirror.url, ...more });
    }
  });
});

describe("an overlay", () => {
  it("sets props otherwise than the data implies", () => {
    const limits = { cpu: 99, memoryGiB: 999 };
    const [pool] = specs(
      componentsBuilt(fleet, "mgmt", { components: { karpenter: { limits } } }).get("karpenter"),
      "NodePool",
    );
    expect(pool).toMatchObject({ limits: { cpu: "99", memory: "999Gi" } });
  });

  it("adds components of its own", () => {
    const extra: ClusterOverlay["extra"] = (scope) => {
      new (class extends Component {
        constructor() {
          super(scope, "own");
          add(this, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "b" } });
        }
      })();
    };
    expect([...componentsBuilt(fleet, "mgmt", { extra }).keys()].at(-1)).toBe("own");
  });

  it("gives its applications what the data says of their place", () => {
    const storefront = componentsBuilt(fleet, "app1").get("workloads-storefront");
    const kinds = objectsOf(storefront as Component).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(["Deployment", "VirtualService"]));
    const account = objectsOf(storefront as Component).find(({ kind }) => kind === "ServiceAccount");
    expect(account?.metadata.annotations).toMatchObject({
      "azure.workload.identity/client-id": "${STOREFRONT_CLIENT_ID}",
    });
    expect(
      objectsOf(componentsBuilt(fleet, "app2").get("workloads-ledger") as Component).map(({ kind }) => kind),
    ).not.toContain("VirtualService");
  });
});

it("says which identity is missing, if a fleet that nobody checked lacks one", () => {
  expect(() => componentsBuilt({ ...fleet, identities: [] }, "mgmt")).toThrow(
    "cert-manager on mgmt has no identity in clusters/fleet.ts",
  );
});
