import { App } from "cdk8s";
import type { Delivery } from "../../base/component";
import { FluxSystem, type FluxSystemProps } from "../../base/flux-system";
import { FLUX_NAMESPACE } from "../../base/helm";
import type { ConfigMap } from "../../imports/k8s";
import type { Kustomization } from "../../imports/kustomize.toolkit.fluxcd.io";
import type { HelmRepository, OCIRepository } from "../../imports/source.toolkit.fluxcd.io";
import { chartPin } from "../helpers/chart";
import { objectOf, objectsOf } from "../helpers/render";

/** The root of a cluster with components of these deliveries. */
function root(components: Readonly<Record<string, Delivery>>, more: Partial<FluxSystemProps> = {}): FluxSystem {
  return new FluxSystem(new App(), {
    path: "./dist/app1",
    source: "fleet",
    variablesFrom: "cluster-vars",
    variables: [],
    components: Object.entries(components).map(([name, delivery]) => ({ name, delivery, substitutes: false })),
    ...more,
  });
}

const kustomization = (system: FluxSystem, name: string) => objectOf<Kustomization>(system, "Kustomization", name);
const dependsOn = (system: FluxSystem, name: string) => kustomization(system, name).spec.dependsOn;

describe("a Kustomization", () => {
  it("applies one component's folder, prunes, waits and retries", () => {
    expect(kustomization(root({ istio: {} }), "istio")).toEqual({
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata: { name: "istio", namespace: FLUX_NAMESPACE },
      spec: {
        interval: "10m",
        retryInterval: "1m",
        timeout: "5m",
        path: "./dist/app1/istio",
        prune: true,
        wait: true,
        sourceRef: { kind: "GitRepository", name: "fleet" },
      },
    });
  });

  it("waits as long as its component says", () => {
    expect(kustomization(root({ slow: { timeout: "30m" } }), "slow").spec.timeout).toBe("30m");
  });

  it("comes after what its component depends on, and after what it would rather follow where that is there", () => {
    const system = root({
      c: { dependsOn: ["b", "a"], after: ["absent", "d", "a"] },
      a: {},
      b: {},
      d: {},
    });
    expect(dependsOn(system, "c")).toEqual([{ name: "a" }, { name: "b" }, { name: "d" }]);
    expect(dependsOn(system, "a")).toBeUndefined();
  });

  it("comes after every component whose name begins as a starred one", () => {
    const system = root({ last: { after: ["app-*", "none-*"] }, "app-b": {}, "app-a": {}, application: {} });
    expect(dependsOn(system, "last")).toEqual([{ name: "app-a" }, { name: "app-b" }]);
  });

  it("reads variables only where its component refers to one", () => {
    const components = [true, false].map((substitutes) => ({ name: `c-${substitutes}`, delivery: {}, substitutes }));
    const system = root({}, { components });
    expect(kustomization(system, "c-true").spec.postBuild).toEqual({
      substituteFrom: [{ kind: "ConfigMap", name: "cluster-vars" }],
    });
    expect(kustomization(system, "c-false").spec.postBuild).toBeUndefined();
  });
});

describe("an order that cannot be", () => {
  it.each([
    [
      "a circle",
      { a: { dependsOn: ["b"] }, b: { after: ["a"] } },
      "components depend on each other in a circle: a -> b -> a",
    ],
    ["a component that is not there", { a: { dependsOn: ["b"] } }, "a depends on b, which this cluster does not run"],
  ])("is refused: %s", (_, components, message) => {
    expect(() => root(components as Record<string, Delivery>)).toThrow(message);
  });
});

describe("the sources", () => {
  const oci = chartPin("kyverno");
  const https = { ...chartPin("kiali-server"), registry: "https://kiali.org/helm-charts" };

  it("are one for each chart, whoever uses it", () => {
    const system = root({ a: { charts: [oci] }, b: { charts: [oci, https] } });
    expect(objectsOf(system).filter(({ kind }) => kind.endsWith("Repository"))).toHaveLength(2);
  });

  it("name the chart's version in an OCI registry, and only the repository over https", () => {
    const system = root({ a: { charts: [oci, https] } });
    expect(objectOf<OCIRepository>(system, "OCIRepository")).toMatchObject({
      metadata: { name: "kyverno", namespace: FLUX_NAMESPACE },
      spec: {
        url: "oci://charts.example.com/kyverno",
        ref: { tag: "1.2.3" },
        layerSelector: { mediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip", operation: "copy" },
      },
    });
    expect(objectOf<OCIRepository>(system, "OCIRepository").spec).not.toHaveProperty("insecure");
    expect(objectOf<HelmRepository>(system, "HelmRepository")).toMatchObject({
      metadata: { name: "kiali-server", namespace: FLUX_NAMESPACE },
      spec: { url: "https://kiali.org/helm-charts" },
    });
  });

  it("say so when a registry speaks plain http", () => {
    const system = root({ a: { charts: [{ ...oci, insecure: true }] } });
    expect(objectOf<OCIRepository>(system, "OCIRepository").spec.insecure).toBe(true);
  });

  it.each([{ version: "1.2.4" }, { registry: "oci://elsewhere.example.com" }])(
    "cannot be two of one name: %j",
    (other) => {
      expect(() => root({ a: { charts: [oci] }, b: { charts: [{ ...oci, ...other }] } })).toThrow(
        /^chart kyverno is asked for as 1\.2\.3 from oci:\/\/charts\.example\.com and as /,
      );
    },
  );
});

describe("the variables", () => {
  it("are passed on from the root by a ConfigMap", () => {
    const system = root({}, { variables: ["AZURE_TENANT_ID", "KIALI_CLIENT_ID"] });
    expect(objectOf<ConfigMap>(system, "ConfigMap", "cluster-vars")).toMatchObject({
      metadata: { namespace: FLUX_NAMESPACE },
      data: { AZURE_TENANT_ID: "${AZURE_TENANT_ID}", KIALI_CLIENT_ID: "${KIALI_CLIENT_ID}" },
    });
  });

  it("need no ConfigMap where there are none", () => {
    expect(objectsOf(root({ a: {} })).map(({ kind }) => kind)).toEqual(["Kustomization"]);
  });
});

test("a cluster with 1,000 components, each after the one before, is no trouble", () => {
  const names = Array.from({ length: 1000 }, (_, index) => `c${index}`);
  const system = root(
    Object.fromEntries(names.map((name, index) => [name, { dependsOn: index > 0 ? [`c${index - 1}`] : [] }])),
  );
  expect(objectsOf(system)).toHaveLength(1000);
});
