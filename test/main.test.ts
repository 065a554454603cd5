import { Chart } from "cdk8s";
import { Component, type Scope } from "../base/component";
import { add, type KubernetesObject } from "../base/object";
import { type Fleet, fleet, variablesOf } from "../clusters/fleet";
import type { Overlay } from "../clusters/overlay";
import { overlayOf } from "../clusters/overlays";
import { presets } from "../clusters/presets";
import { loadPreset, renderCluster, renderFleet } from "../main";

const config = (name: string, data: Record<string, string> = {}): KubernetesObject =>
  ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "flux-system" }, data }) as KubernetesObject;

class Extra extends Component {
  constructor(
    scope: Scope,
    name: string,
    readonly objects: readonly KubernetesObject[],
  ) {
    super(scope, name);
    for (const object of objects) add(this, object);
  }
}

/** The overlay of mgmt with a component of its own. */
const withExtra =
  (extra: (scope: Scope) => void): Overlay =>
  () => ({ extra });
const renderExtra = (extra: (scope: Scope) => void) => renderCluster(fleet, "mgmt", withExtra(extra));

describe("renderCluster", () => {
  it("renders every component of a cluster, and what Flux starts with last", () => {
    const { name, components } = renderCluster(fleet, "app1", overlayOf("app1"));
    expect(name).toBe("app1");
    expect(components.map((component) => component.name)).toEqual([...new Set(components.map(({ name }) => name))]);
    expect(components.at(-1)?.name).toBe("flux-system");
    const kustomizations = components.at(-1)?.objects.filter((object) => object.kind === "Kustomization");
    expect(kustomizations?.map(({ metadata }) => metadata.name)).toEqual(
      components.slice(0, -1).map(({ name }) => name),
    );
  });

  it("gives every object a name that no hash can change", () => {
    for (const { objects } of renderCluster(fleet, "app2", overlayOf("app2")).components) {
      for (const { metadata } of objects) expect(metadata.name).not.toMatch(/-c[0-9a-f]{7}$/);
    }
  });

  it("takes a cluster's own components, and lets Flux substitute only where something is to substitute", () => {
    const { components } = renderExtra((scope) => {
      new Extra(scope, "plain", [config("a")]);
      new Extra(scope, "open", [config("b", { tenant: "${AZURE_TENANT_ID}" })]);
    });
    const specOf = (name: string) =>
      Reflect.get(
        components.at(-1)?.objects.find(({ kind, metadata }) => kind === "Kustomization" && metadata.name === name) ??
          {},
        "spec",
      );
    expect(specOf("plain")).not.toHaveProperty("postBuild");
    expect(specOf("open")).toHaveProperty("postBuild.substituteFrom", [{ kind: "ConfigMap", name: "cluster-vars" }]);
  });

  it("is not told otherwise by the environment", () => {
    const before = JSON.stringify(renderCluster(fleet, "mgmt", overlayOf("mgmt")));
    Object.assign(process.env, {
      CDK8S_DISABLE_SORT: "1",
      CDK8S_LEGACY_HASH: "1",
      CDK8S_RECORD_CONSTRUCT_METADATA: "1",
    });
    try {
      expect(JSON.stringify(renderCluster(fleet, "mgmt", overlayOf("mgmt")))).toBe(before);
      expect(Object.keys(process.env).filter((name) => name.startsWith("CDK8S_"))).toEqual([]);
    } finally {
      for (const name of Object.keys(process.env)) if (name.startsWith("CDK8S_")) delete process.env[name];
    }
  });

  it.each([
    [
      "a component without an object, which Flux refuses",
      (scope: Scope) => new Extra(scope, "empty", []),
      "empty: it renders no object, and Flux refuses an empty folder",
    ],
    [
      "an order between constructs, which takes exponential time",
      (scope: Scope) => {
        const [a, b] = [new Extra(scope, "a", [config("a")]), new Extra(scope, "b", [config("b")])];
        b.addDependency(a);
      },
      "b: b has a construct dependency; state order as `dependsOn` of the component",
    ],
    [
      "what a construct itself finds wrong",
      (scope: Scope) => new Extra(scope, "odd", [config("a")]).node.addValidation({ validate: () => ["is odd"] }),
      "odd: is odd",
    ],
    [
      "a variable that nothing produces",
      (scope: Scope) => new Extra(scope, "open", [config("a", { key: "${NO_SUCH_CLIENT_ID}" })]),
      "mgmt: open, ConfigMap a: nothing produces ${NO_SUCH_CLIENT_ID} on this cluster; name it in variablesOf (clusters/model/variables.ts) or correct it",
    ],
    [
      "what looks like a variable but is none",
      (scope: Scope) => new Extra(scope, "open", [config("a", { key: "${1:-x}" })]),
      'mgmt: open, ConfigMap a: "${1:-x}" has a "${" that is no plain variable; write literal text as "$${"',
    ],
    [
      "a chart that is no component, which would be lost",
      (scope: Scope) => new Chart(scope, "plain"),
      "plain: no component, so Flux would not apply it. Fix: extend Component (base/component.ts)",
    ],
    [
      "a dependency on a component that the cluster does not run",
      (scope: Scope) =>
        new (class extends Component {
          constructor() {
            super(scope, "late", { dependsOn: ["nosuch"] });
            add(this, config("a"));
          }
        })(),
      "late depends on nosuch, which this cluster does not run",
    ],
  ])("refuses %s", (_, extra, message) => {
    expect(() => renderExtra((scope) => void extra(scope))).toThrow(message);
  });

  it("refuses a variable that nothing uses", () => {
    const identity = { ...fleet.identities[0], name: "idle" } as Fleet["identities"][number];
    expect(() =>
      renderCluster({ ...fleet, identities: [...fleet.identities, identity] }, "mgmt", overlayOf("mgmt")),
    ).toThrow("mgmt: nothing uses the variable IDLE_CLIENT_ID;");
  });

  it("names the overlay that throws, and points to the type checker for a slip", () => {
    const throwing =
      (error: Error): Overlay =>
      () => {
        throw error;
      };
    expect(() => renderCluster(fleet, "mgmt", throwing(new Error("no budget")))).toThrow(
      /^clusters\/mgmt\.ts: no budget$/,
    );
    expect(() => renderCluster(fleet, "mgmt", throwing(new TypeError("x is not a function")))).toThrow(
      /^clusters\/mgmt\.ts: x is not a function\. Fix: run `npm run typecheck`/,
    );
  });

  it("leaves nothing behind that the next cluster would see", () => {
    const alone = JSON.stringify(renderCluster(fleet, "app2", overlayOf("app2")));
    for (const { name } of fleet.clusters) renderCluster(fleet, name, overlayOf(name));
    expect(JSON.stringify(renderCluster(fleet, "app2", overlayOf("app2")))).toBe(alone);
  });

  it("asks nobody who is not in the fleet", () => {
    expect(() => renderCluster(fleet, "app9", overlayOf("app2"))).toThrow("the fleet has no cluster app9");
  });
});

describe("renderFleet", () => {
  const byName = (own: Fleet) =>
    Object.fromEntries([...renderFleet(own, overlayOf)].map((cluster) => [cluster.name, JSON.stringify(cluster)]));

  it.each(Object.entries(presets))(
    "renders %s alike, whatever the order of its clusters and identities",
    (_, preset) => {
      const reversed = {
        ...preset,
        clusters: [...preset.clusters].reverse(),
        identities: [...preset.identities].reverse().map((identity) => ({
          ...identity,
          clusters: [...identity.clusters].reverse(),
        })),
      };
      expect(byName(reversed)).toEqual(byName(preset));
    },
  );

  it("renders a cluster only when it is asked for, and tells how far it is", () => {
    const asked: string[] = [];
    const done: number[] = [];
    const clusters = renderFleet(
      fleet,
      (name) => {
        asked.push(name);
        return overlayOf(name);
      },
      (rendered) => done.push(rendered),
    );
    expect(asked).toEqual([]);
    clusters.next();
    expect([asked, done]).toEqual([["mgmt"], [0]]);
    expect([...clusters].map(({ name }) => name)).toEqual(["app1", "app2"]);
    expect(done).toEqual([0, 1, 2, 3]);
  });

  it("lists the problems of all clusters at the end, each with its cluster once", () => {
    const overlays = (name: string): Overlay => {
      if (name === "app1") throw new Error("clusters/app1.ts does not exist");
      return ({ cluster }) => {
        if (name === "app2")
          return { ...overlayOf(name)({ fleet, cluster }), extra: (scope) => void new Extra(scope, "empty", []) };
        throw new Error("first\nsecond");
      };
    };
    const rendered: string[] = [];
    expect(() => {
      for (const { name } of renderFleet(fleet, overlays)) rendered.push(name);
    }).toThrow(
      new Error(
        "The fleet does not render:\nclusters/mgmt.ts: first\nsecond\nclusters/app1.ts does not exist\napp2: empty: it renders no object, and Flux refuses an empty folder",
      ),
    );
    expect(rendered).toEqual([]);
  });
});

describe("loadPreset", () => {
  it("loads what there is", () => {
    for (const [name, preset] of Object.entries(presets)) expect(loadPreset(name)).toEqual(preset);
    expect(() => loadPreset("nosuch")).toThrow("there is no preset");
  });
});

test("every variable that a cluster is given has a use", () => {
  for (const preset of Object.values(presets)) {
    for (const { name } of preset.clusters) {
      const text = JSON.stringify(renderCluster(preset, name, overlayOf(name)));
      for (const variable of variablesOf(preset, name)) expect(text).toContain(`\${${variable}}`);
    }
  }
});
