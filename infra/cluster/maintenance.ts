import { WeekDay } from "@pulumi/azure-native/containerservice";
import type { Cluster, Fleet, Weekday } from "../../clusters/fleet";
import { azureTimeZone } from "../time-zone";

/** Names that AKS gives its windows; it takes no others. Source: learn.microsoft.com/azure/aks/planned-maintenance. */
export const WINDOWS = {
  cluster: "aksManagedAutoUpgradeSchedule",
  nodeImage: "aksManagedNodeOSUpgradeSchedule",
} as const;

/** A weekly window. */
export interface MaintenanceWindow {
  readonly name: (typeof WINDOWS)[keyof typeof WINDOWS];
  readonly day: WeekDay;
  /** `HH:MM` at `utcOffset`. */
  readonly start: string;
  /** 4 to 24 (AKS). */
  readonly hours: number;
  readonly utcOffset: string;
}

const WEEK: readonly Weekday[] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const DAYS: Readonly<Record<Weekday, WeekDay>> = {
  Mon: WeekDay.Monday,
  Tue: WeekDay.Tuesday,
  Wed: WeekDay.Wednesday,
  Thu: WeekDay.Thursday,
  Fri: WeekDay.Friday,
  Sat: WeekDay.Saturday,
  Sun: WeekDay.Sunday,
};
const HOURS = 4;
const QUIET_START = "02:00";

/**
 * When AKS may upgrade a cluster and its node images, on two days so that they do not meet. A cluster that runs at night is upgraded on
 * its days off; one that stops can only be upgraded while it works, so at the end of its last days.
 */
export function maintenanceWindows(fleet: Fleet, cluster: Cluster): readonly MaintenanceWindow[] {
  const { night, schedule } = cluster.capacity;
  const { utcOffset } = azureTimeZone(fleet.timeZone);
  const off = WEEK.filter((day) => !schedule.days.includes(day));
  const days = (
    night === "drain" && off.length > 0 ? off : WEEK.filter((day) => schedule.days.includes(day))
  ).toReversed();
  const start = night === "drain" ? QUIET_START : hoursBefore(schedule.end, HOURS, schedule.start);
  const window = (name: MaintenanceWindow["name"], day: Weekday): MaintenanceWindow => ({
    name,
    day: DAYS[day],
    start,
    hours: HOURS,
    utcOffset,
  });
  const last = days[0] ?? "Sun";
  return [window(WINDOWS.cluster, last), window(WINDOWS.nodeImage, days[1] ?? last)];
}

/** A time some hours before another on the same day, and not before the day's start. */
function hoursBefore(time: string, hours: number, earliest: string): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const found = `${String(hour - hours).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  return hour < hours || found < earliest ? earliest : found;
}
