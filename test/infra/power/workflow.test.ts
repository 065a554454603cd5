import { clusterOf, fleet } from "../../../clusters/fleet";
import { demo } from "../../../clusters/presets/demo";
import { powerDefinition, recurrence, stoppingClusters } from "../../../infra/power/workflow";
import { azureTimeZone } from "../../../infra/time-zone";

test("only clusters that may be stopped are", () => {
  expect(stoppingClusters(fleet)).toEqual([]);
  expect(stoppingClusters(demo).map(({ name }) => name)).toEqual(["mgmt", "app1", "app2"]);
});

test("a cluster stops at the end of its day and starts before the next, by the fleet's clock", () => {
  const cluster = clusterOf(demo, "app1");
  const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
  const common = { frequency: "Week", interval: 1, timeZone: "Korea Standard Time" };
  expect(recurrence(demo, cluster, "stop")).toEqual({
    ...common,
    schedule: { weekDays: days, hours: [22], minutes: [0] },
  });
  expect(recurrence(demo, cluster, "start")).toEqual({
    ...common,
    schedule: { weekDays: days, hours: [9], minutes: [0] },
  });
});

test("a workflow calls AKS as itself", () => {
  const { actions } = powerDefinition(
    demo,
    clusterOf(demo, "app1"),
    "/subscriptions/x/managedClusters/aks-app1",
    "stop",
  );
  expect(actions["stop"]?.inputs).toMatchObject({
    method: "POST",
    uri: "https://management.azure.com/subscriptions/x/managedClusters/aks-app1/stop?api-version=2025-09-01",
    authentication: { type: "ManagedServiceIdentity" },
  });
});

test("a time zone that is not in the table is refused with those that are", () => {
  expect(() => azureTimeZone("Antarctica/Troll")).toThrow("Asia/Seoul");
  expect(() => azureTimeZone("constructor")).toThrow("Asia/Seoul");
});
