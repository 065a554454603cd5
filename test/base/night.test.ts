import { App } from "cdk8s";
import { Application, scaledDeploymentsOf } from "../../base/application";
import { Night, type WorkingHours } from "../../base/night";
import type { HorizontalPodAutoscaler } from "../../imports/k8s";
import type { ScaledObject } from "../../imports/keda.sh";
import { objectOf, objectsOf } from "../helpers/render";

const HOURS: WorkingHours = { start: "09:00", end: "22:30", days: ["Fri", "Mon", "Tue", "Wed", "Thu"] };
const WORKLOAD = { name: "storefront", namespace: "shop", replicas: { min: 3, max: 9 } };
const night = (schedule: WorkingHours = HOURS) =>
  new Night(new App(), { timeZone: "Asia/Seoul", schedule, workloads: [WORKLOAD] });
const spec = (schedule?: WorkingHours) => objectOf<ScaledObject>(night(schedule), "ScaledObject").spec;
const cron = (schedule?: WorkingHours) => spec(schedule).triggers.find(({ type }) => type === "cron")?.metadata;

test("runs the fewest pods in working hours, and none outside them", () => {
  expect(spec()).toMatchObject({ minReplicaCount: 0, maxReplicaCount: 9 });
  expect(cron()).toEqual({
    timezone: "Asia/Seoul",
    start: "0 9 * * 1-5",
    end: "30 22 * * 1-5",
    desiredReplicas: "3",
  });
});

test("by day the CPU decides, of the application's own container", () => {
  expect(spec().triggers).toContainEqual({
    type: "cpu",
    metricType: "Utilization",
    metadata: { value: "70", containerName: "storefront" },
  });
});

test("takes over the golden path's autoscaler instead of fighting it", () => {
  const application = {
    name: "storefront",
    namespace: "shop",
    image: "acr.azurecr.io/storefront:1",
    port: 8080,
    host: "shop.example.com",
    replicas: { min: 3, max: 9 },
    resources: { cpu: "250m", memory: "256Mi" },
    canary: { image: "acr.azurecr.io/storefront:2", weight: 10 },
  };
  const app = new App();
  const workloads = new Application(app, { ...application, meshed: true, spot: true, drains: true });
  const component = new Night(app, { timeZone: "UTC", schedule: HOURS, workloads: scaledDeploymentsOf(application) });
  expect(objectsOf(component).map(({ metadata }) => metadata.name)).toEqual(["storefront", "storefront-canary"]);
  for (const { metadata } of objectsOf(component)) {
    const scaled = objectOf<ScaledObject>(component, "ScaledObject", metadata.name);
    const autoscaler = objectOf<HorizontalPodAutoscaler>(workloads, "HorizontalPodAutoscaler", metadata.name);
    expect(scaled.metadata.annotations).toEqual({ "scaledobject.keda.sh/transfer-hpa-ownership": "true" });
    expect(scaled.metadata.namespace).toBe(autoscaler.metadata.namespace);
    expect(scaled.spec.advanced?.horizontalPodAutoscalerConfig?.name).toBe(autoscaler.metadata.name);
    expect(scaled.spec.scaleTargetRef).toEqual(autoscaler.spec?.scaleTargetRef);
    expect(scaled.spec.maxReplicaCount).toBe(autoscaler.spec?.maxReplicas);
  }
});

test("a workload taken off the schedule at night comes back: no autoscaler wakes one at zero", () => {
  expect(spec().advanced?.restoreToOriginalReplicaCount).toBe(true);
});

test.each<[readonly WorkingHours["days"][number][], string]>([
  [["Mon"], "1"],
  [["Sat", "Sun"], "0,6"],
  [["Mon", "Tue"], "1,2"],
  [["Mon", "Wed", "Fri"], "1,3,5"],
  [["Mon", "Mon", "Tue", "Wed"], "1-3"],
  [["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"], "0-6"],
])("days %j are %s to cron", (days, expected) => {
  expect(cron({ ...HOURS, days })?.["start"]).toBe(`0 9 * * ${expected}`);
});

test.each<[string, Partial<WorkingHours>, RegExp]>([
  ["a day without an end", { end: "09:00" }, /ends \(09:00\) before it starts \(09:00\)/],
  ["a night over midnight", { start: "22:00", end: "06:00" }, /before it starts/],
  ["no day", { days: [] }, /nothing would ever run/],
  ["another form of time", { start: "9:00" }, /"9:00" is no time of day/],
  ["a time that is not", { end: "24:00" }, /"24:00" is no time of day/],
])("refuses %s", (_, hours, message) => {
  expect(() => night({ ...HOURS, ...hours })).toThrow(message);
});

test("comes after every workload", () => {
  expect(night().delivery).toEqual({ after: ["workloads-*"] });
});
