import {
  applicationLabels,
  instanceLabels,
  instancesOf,
  scaledDeploymentsOf,
} from "../../../base/application/instances";
import { LEDGER, STOREFRONT } from "./input";

test("without a canary there is one Deployment", () => {
  expect(instancesOf(LEDGER)).toEqual([
    { name: "ledger", subset: "stable", image: LEDGER.image, version: "1.8.0", replicas: { min: 2, max: 6 } },
  ]);
});

test("a canary is a second one, of its own version", () => {
  expect(instancesOf(STOREFRONT).map(({ name, subset, version }) => [name, subset, version])).toEqual([
    ["storefront", "stable", "2.4.1"],
    ["storefront-canary", "canary", "2.5.0-rc.1"],
  ]);
});

test.each([
  [0, 1],
  [10, 1],
  [50, 2],
  [100, 3],
])("a canary of %i %% has at least %i of three pods", (weight, min) => {
  const [, canary] = instancesOf({ ...STOREFRONT, canary: { image: "a/b:1", weight } });
  expect(canary?.replicas).toEqual({ min, max: 9 });
});

test("no selector holds the version: a Deployment's cannot change, and a subset's would be empty during a roll-out", () => {
  for (const instance of instancesOf(STOREFRONT)) {
    expect(instanceLabels(STOREFRONT, instance)).toEqual({
      app: "storefront",
      "app.kubernetes.io/instance": instance.name,
    });
  }
  expect(applicationLabels(STOREFRONT)).toEqual({ app: "storefront" });
});

test("what scales at night knows every Deployment", () => {
  expect(scaledDeploymentsOf(STOREFRONT)).toEqual([
    { name: "storefront", namespace: "shop", replicas: { min: 3, max: 9 } },
    { name: "storefront-canary", namespace: "shop", replicas: { min: 1, max: 9 } },
  ]);
});
