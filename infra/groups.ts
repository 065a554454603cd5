import { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import { azureName, type Cluster } from "../clusters/fleet";
import { type Context, holdsData, tagsOf } from "./context";

/** The resource groups of a fleet. */
export interface Groups {
  /** What all clusters share, and the networks: it outlives every cluster. */
  readonly common: ResourceGroup;
  /** Each cluster's own; deleting one deletes the cluster and nothing else. */
  readonly clusters: Readonly<Record<string, ResourceGroup>>;
  /** Each cluster's volume snapshots. */
  readonly snapshots: Readonly<Record<string, ResourceGroup>>;
}

/** Creates the resource groups. */
export function resourceGroups({ fleet, settings }: Context): Groups {
  const group = (name: string, options: pulumi.CustomResourceOptions, cluster?: Cluster) =>
    new ResourceGroup(name, { resourceGroupName: name, location: fleet.region, tags: tagsOf(fleet, cluster) }, options);
  const each = (nameOf: (cluster: Cluster) => string, options: pulumi.CustomResourceOptions) =>
    Object.fromEntries(fleet.clusters.map((cluster) => [cluster.name, group(nameOf(cluster), options, cluster)]));
  return {
    common: group(azureName.commonGroup(fleet), holdsData(settings)),
    clusters: each((cluster) => azureName.clusterGroup(fleet, cluster.name), {}),
    snapshots: each((cluster) => azureName.snapshotsGroup(fleet, cluster.name), holdsData(settings)),
  };
}

/** A cluster's entry in a table that has one for each cluster. */
export function of<T>(table: Readonly<Record<string, T>>, cluster: Pick<Cluster, "name">): T {
  const found = table[cluster.name];
  if (found === undefined) throw new Error(`nothing was created for the cluster ${cluster.name}`);
  return found;
}
