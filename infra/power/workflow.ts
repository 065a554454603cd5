import type { Cluster, Fleet, Weekday } from "../../clusters/fleet";
import { azureTimeZone } from "../time-zone";

/** What a workflow does to a cluster. */
export type PowerAction = "stop" | "start";

const DAYS: Readonly<Record<Weekday, string>> = {
  Mon: "Monday",
  Tue: "Tuesday",
  Wed: "Wednesday",
  Thu: "Thursday",
  Fri: "Friday",
  Sat: "Saturday",
  Sun: "Sunday",
};

/** AKS API version of the stop and start calls. */
const API_VERSION = "2025-09-01";
const ARM = "https://management.azure.com";

/** The clusters that stop at night. Those with Karpenter cannot be stopped (learn.microsoft.com/azure/aks/node-auto-provisioning). */
export function stoppingClusters(fleet: Fleet): readonly Cluster[] {
  return fleet.clusters.filter(({ capacity }) => capacity.night === "stop");
}

/** When a workflow runs, in the words of a Logic App. */
export function recurrence(fleet: Fleet, { capacity: { schedule } }: Cluster, action: PowerAction) {
  const [hour, minute] = (action === "stop" ? schedule.end : schedule.start).split(":").map(Number);
  return {
    frequency: "Week",
    interval: 1,
    timeZone: azureTimeZone(fleet.timeZone).windows,
    schedule: { weekDays: schedule.days.map((day) => DAYS[day]), hours: [hour], minutes: [minute] },
  };
}

/** The definition of a workflow that stops or starts a cluster as its own identity; it tries again while another operation holds the cluster. */
export function powerDefinition(fleet: Fleet, cluster: Cluster, clusterId: string, action: PowerAction) {
  return {
    $schema:
      "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
    contentVersion: "1.0.0.0",
    triggers: { schedule: { type: "Recurrence", recurrence: recurrence(fleet, cluster, action) } },
    actions: {
      [action]: {
        type: "Http",
        runAfter: {},
        inputs: {
          method: "POST",
          uri: `${ARM}${clusterId}/${action}?api-version=${API_VERSION}`,
          authentication: { type: "ManagedServiceIdentity", audience: `${ARM}/` },
          retryPolicy: { type: "fixed", count: 4, interval: "PT5M" },
        },
      },
    },
  };
}
