import { App } from "cdk8s";
import { Application } from "../../base/application";
import { objectsOf } from "../helpers/render";
import { LEDGER, STOREFRONT } from "./application/input";

const kinds = (props: typeof STOREFRONT) =>
  objectsOf(new Application(new App(), props))
    .map(({ kind }) => kind)
    .sort();

test("one call yields all that an application needs", () => {
  expect(kinds(LEDGER)).toEqual([
    "Deployment",
    "HorizontalPodAutoscaler",
    "NetworkPolicy",
    "PodDisruptionBudget",
    "Service",
    "ServiceAccount",
  ]);
  expect([...new Set(kinds(STOREFRONT))]).toEqual([
    "Deployment",
    "DestinationRule",
    "HorizontalPodAutoscaler",
    "NetworkPolicy",
    "PodDisruptionBudget",
    "Service",
    "ServiceAccount",
    "VirtualService",
  ]);
});

test("all of it in the team's namespace, under the application's name", () => {
  for (const { metadata } of objectsOf(new Application(new App(), STOREFRONT))) {
    expect(metadata.namespace).toBe("shop");
    expect(metadata.name).toMatch(/^storefront(-canary)?$/);
  }
});

test("two applications of a cluster do not get in each other's way", () => {
  const app = new App();
  const names = [new Application(app, STOREFRONT), new Application(app, LEDGER)].map(({ name }) => name);
  expect(names).toEqual(["workloads-storefront", "workloads-ledger"]);
});

test("comes after what it needs, and waits long enough for a node to be bought", () => {
  const { delivery } = new Application(new App(), STOREFRONT);
  expect(delivery.dependsOn).toEqual(["namespaces"]);
  expect(delivery.after).toEqual(expect.arrayContaining(["secrets", "kyverno-policies", "istio", "reloader"]));
  expect(delivery.timeout).toBe("10m");
});

test("refuses what is wrong before it renders anything", () => {
  const app = new App();
  expect(() => new Application(app, { ...STOREFRONT, image: "app" })).toThrow(/has no tag/);
  expect(app.node.children).toEqual([]);
});
