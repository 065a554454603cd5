import { type Cluster, clusterOf, fleet } from "../../../clusters/fleet";
import { demo } from "../../../clusters/presets/demo";
import { maintenanceWindows } from "../../../infra/cluster/maintenance";

const summary = (...given: Parameters<typeof maintenanceWindows>) =>
  maintenanceWindows(...given).map(({ name, day, start, hours, utcOffset }) => [name, day, start, hours, utcOffset]);

/** A cluster with another schedule. */
function scheduled(cluster: Cluster, schedule: Partial<Cluster["capacity"]["schedule"]>): Cluster {
  return { ...cluster, capacity: { ...cluster.capacity, schedule: { ...cluster.capacity.schedule, ...schedule } } };
}

test("a cluster that runs at night is upgraded on its days off, on two of them", () => {
  expect(summary(fleet, clusterOf(fleet, "mgmt"))).toEqual([
    ["aksManagedAutoUpgradeSchedule", "Sunday", "02:00", 4, "+09:00"],
    ["aksManagedNodeOSUpgradeSchedule", "Saturday", "02:00", 4, "+09:00"],
  ]);
});

test("a cluster that stops is upgraded while it works, at the end of its last days", () => {
  expect(summary(demo, clusterOf(demo, "mgmt"))).toEqual([
    ["aksManagedAutoUpgradeSchedule", "Friday", "18:00", 4, "+09:00"],
    ["aksManagedNodeOSUpgradeSchedule", "Thursday", "18:00", 4, "+09:00"],
  ]);
});

test("a window does not begin before a short day does", () => {
  const short = scheduled(clusterOf(demo, "mgmt"), { start: "20:30", end: "22:00", days: ["Wed"] });
  expect(summary(demo, short).map(([, day, start]) => [day, start])).toEqual([
    ["Wednesday", "20:30"],
    ["Wednesday", "20:30"],
  ]);
});

test("a cluster without days off is upgraded at night all the same", () => {
  const always = scheduled(clusterOf(fleet, "mgmt"), { days: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] });
  expect(summary(fleet, always).map(([, day, start]) => [day, start])).toEqual([
    ["Sunday", "02:00"],
    ["Saturday", "02:00"],
  ]);
});
