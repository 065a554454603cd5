import type { AzureResource } from "../../../../infra/azure-types";

/** A resource with the token's prefix left out. */
export function resource(key: string, name: string, inputs: Readonly<Record<string, unknown>>): AzureResource {
  return { type: `azure-native:${key}`, name, inputs };
}

/** A subscription that does not exist. */
export const SUBSCRIPTION = "/subscriptions/00000000-0000-4000-8000-000000000000";

/** Id of something in the common group. */
export function id(type: string, name: string, group = "rg-common"): string {
  return `${SUBSCRIPTION}/resourceGroups/${group}/providers/${type}/${name}`;
}

/** What every resource of the common group has. */
export const COMMON = { resourceGroupName: "rg-common", location: "koreacentral", tags: { fleet: "k8s-demo" } };

/** What every resource of the cluster's group has. */
export const OF_CLUSTER = { resourceGroupName: "rg-mgmt", location: "koreacentral", tags: { fleet: "k8s-demo" } };

/** Id of the cluster. */
export const CLUSTER_ID = id("Microsoft.ContainerService/managedClusters", "aks-mgmt", "rg-mgmt");

/** Id of the log workspace. */
export const LOGS_ID = id("Microsoft.OperationalInsights/workspaces", "log-k8s-demo");
