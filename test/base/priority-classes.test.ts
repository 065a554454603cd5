import { App } from "cdk8s";
import { PRIORITY, PriorityClasses } from "../../base/priority-classes";
import { objectsOf } from "../helpers/render";

const classes = () => objectsOf(new PriorityClasses(new App()));

test("ranks platform over ingress over application", () => {
  const value = new Map(classes().map((object) => [object.metadata.name, Number(object["value"])]));
  expect([...value.keys()].sort()).toEqual(Object.values(PRIORITY).sort());
  expect(value.get(PRIORITY.platform)).toBeGreaterThan(value.get(PRIORITY.ingress) ?? Number.NaN);
  expect(value.get(PRIORITY.ingress)).toBeGreaterThan(value.get(PRIORITY.application) ?? Number.NaN);
});

test("stays within what Kubernetes leaves to users, above pods of no class", () => {
  for (const object of classes()) {
    expect(object["value"]).toBeGreaterThan(0);
    expect(object["value"]).toBeLessThanOrEqual(1_000_000_000);
  }
});

test("ranks nobody who did not ask, AKS's own pods among them", () => {
  for (const object of classes()) expect(object["globalDefault"] ?? false).toBe(false);
});
