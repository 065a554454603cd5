import { App } from "cdk8s";
import { Component, type Scope } from "../../base/component";
import { addRelease, type ChartPin, FLUX_NAMESPACE, isOci } from "../../base/helm";
import type { HelmRelease } from "../../imports/helm.toolkit.fluxcd.io";
import { chartPin } from "../helpers/chart";
import { objectOf } from "../helpers/render";

class Example extends Component {
  constructor(scope: Scope, chart: ChartPin) {
    super(scope, "example", { charts: [chart] });
    addRelease(this, { name: "example", namespace: "apps", chart, values: { replicas: 2, on: { a: true } } });
  }
}

const OCI = chartPin("example-chart");
const HTTPS: ChartPin = { ...OCI, registry: "https://charts.example.com" };
const release = (chart: ChartPin) => objectOf<HelmRelease>(new Example(new App(), chart), "HelmRelease");

describe("a Helm release", () => {
  it("stays with Flux and installs where it belongs", () => {
    const { metadata, spec } = release(OCI);
    expect(metadata).toEqual({ name: "example", namespace: FLUX_NAMESPACE });
    expect(spec).toMatchObject({ releaseName: "example", targetNamespace: "apps", storageNamespace: "apps" });
  });

  it("refers to its chart's source in its own namespace, which the AKS extension asks for", () => {
    expect(release(OCI).spec).toMatchObject({ chartRef: { kind: "OCIRepository", name: "example-chart" } });
    expect(release(OCI).spec).not.toHaveProperty("chart");
    expect(release(HTTPS).spec).toMatchObject({
      chart: {
        spec: {
          chart: "example-chart",
          version: "1.2.3",
          sourceRef: { kind: "HelmRepository", name: "example-chart" },
        },
      },
    });
    expect(release(HTTPS).spec).not.toHaveProperty("chartRef");
    expect(JSON.stringify([release(OCI), release(HTTPS)])).not.toMatch(/Ref":\{[^}]*"namespace"/);
  });

  it("is retried, brings its CRDs on upgrades too, and is held against drift", () => {
    expect(release(OCI).spec).toMatchObject({
      install: { crds: "CreateReplace", remediation: { retries: 3 } },
      upgrade: { crds: "CreateReplace", remediation: { retries: 3, remediateLastFailure: true } },
      driftDetection: { mode: "enabled" },
    });
  });

  it("has the values that it is given", () => {
    expect(release(OCI).spec.values).toEqual({ replicas: 2, on: { a: true } });
  });
});

test("isOci", () => {
  expect([OCI, HTTPS].map(isOci)).toEqual([true, false]);
});
