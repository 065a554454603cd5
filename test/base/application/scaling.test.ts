import { App } from "cdk8s";
import { Application } from "../../../base/application";
import type { HorizontalPodAutoscaler, PodDisruptionBudget } from "../../../imports/k8s";
import { objectOf, objectsOf } from "../../helpers/render";
import { LEDGER, STOREFRONT } from "./input";

const component = new Application(new App(), STOREFRONT);
const autoscaler = (name: string, from = component) =>
  objectOf<HorizontalPodAutoscaler>(from, "HorizontalPodAutoscaler", name);

test("every Deployment has an autoscaler and a disruption budget of its name", () => {
  const named = (kind: string) =>
    objectsOf(component)
      .filter((object) => object.kind === kind)
      .map(({ metadata }) => metadata.name);
  expect(named("HorizontalPodAutoscaler")).toEqual(named("Deployment"));
  expect(named("PodDisruptionBudget")).toEqual(named("Deployment"));
});

test("scales by the CPU of the application's own container: a sidecar's would blur it", () => {
  expect(autoscaler("storefront").spec).toMatchObject({
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "storefront" },
    minReplicas: 3,
    maxReplicas: 9,
    metrics: [{ type: "ContainerResource", containerResource: { name: "cpu", container: "storefront" } }],
  });
  expect(autoscaler("storefront-canary").spec).toMatchObject({ minReplicas: 1, maxReplicas: 9 });
});

test("where KEDA takes the autoscaler over, Flux only creates it", () => {
  expect(autoscaler("storefront").metadata).not.toHaveProperty("annotations");
  const drained = new Application(new App(), { ...STOREFRONT, drains: true });
  expect(autoscaler("storefront", drained).metadata.annotations).toEqual({
    "kustomize.toolkit.fluxcd.io/ssa": "IfNotPresent",
  });
});

test("one pod at a time may go, of each version, and a broken pod never blocks a drain", () => {
  for (const name of ["storefront", "storefront-canary"]) {
    expect(objectOf<PodDisruptionBudget>(component, "PodDisruptionBudget", name).spec).toEqual({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: { matchLabels: { app: "storefront", "app.kubernetes.io/instance": name } },
    });
  }
});

test("even a single pod may be drained", () => {
  const single = new Application(new App(), { ...LEDGER, replicas: { min: 1, max: 1 } });
  expect(objectOf<PodDisruptionBudget>(single, "PodDisruptionBudget").spec).not.toHaveProperty("minAvailable");
});
