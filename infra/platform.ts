import { RoleAssignment } from "@pulumi/azure-native/authorization";
import type { ManagedCluster } from "@pulumi/azure-native/containerservice";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../clusters/fleet";
import { clusterBackup } from "./backup/cluster";
import { budget } from "./budget";
import { cluster as createCluster } from "./cluster/cluster";
import type { Context } from "./context";
import { defenderPlan } from "./defender";
import { type Flux, flux } from "./flux";
import { of } from "./groups";
import { clusterIdentities } from "./identity/cluster";
import { workloads } from "./identity/workloads";
import { collection } from "./observability/collection";
import { auditLogs } from "./observability/diagnostics";
import { ruleGroups } from "./observability/rule-groups";
import { operators } from "./operators";
import { outputs } from "./outputs";
import { power } from "./power/power";
import { type Shared, shared } from "./shared";
import { substitution, valuesOf } from "./variables";

/** Creates everything, and returns what a person needs next. */
export function platform(context: Context): Record<string, unknown> {
  const { fleet } = context;
  replaceInPlace();
  const common = shared(context);
  const clusters: Record<string, ManagedCluster> = {};
  const fluxes: Record<string, Flux> = {};
  for (const cluster of fleet.clusters) {
    const created = clusterWithContents(context, cluster, common);
    clusters[cluster.name] = created.managed;
    fluxes[cluster.name] = created.flux;
  }
  power(context, common.groups, clusters);
  budget(context);
  defenderPlan(context);
  return outputs(fleet, {
    nameServers: common.zone.nameServers,
    prometheusQueryEndpoint: common.prometheusQueryEndpoint,
    clusters,
    flux: fluxes,
  });
}

/** A cluster, and all that belongs to it. */
function clusterWithContents(
  context: Context,
  cluster: Cluster,
  common: Shared,
): { managed: ManagedCluster; flux: Flux } {
  const { fleet, settings } = context;
  const { groups, networks, workspaces, endpoints } = common;
  const apiZone = common.zones.get("api-server");
  const identities = clusterIdentities(context, cluster, { groups, networks, apiZone, registry: common.registry });
  const managed = createCluster(context, cluster, {
    groups,
    networks,
    apiZone,
    identities,
    logWorkspaceId: workspaces.logs.id,
  });
  operators(context, cluster, managed);
  auditLogs(cluster.name, "cluster", managed, workspaces.logs.id);
  const associations = collection(context, groups, cluster, managed, workspaces);
  ruleGroups(context, groups, cluster, managed, workspaces, associations);
  const people = workloads(context, groups, cluster, managed, {
    dnsZoneId: common.zone.id,
    keyVaultId: common.vault.id,
    monitorWorkspaceId: workspaces.metrics.id,
  });
  const values = valuesOf({ ...settings, prometheusQueryEndpoint: common.prometheusQueryEndpoint, workloads: people });
  const ready = [
    ...people.flatMap((workload) => workload.ready),
    ...(endpoints["key-vault"] ? [endpoints["key-vault"]] : []),
  ];
  const gitops = flux(
    context,
    cluster,
    managed,
    of(groups.clusters, cluster).name,
    substitution(fleet, cluster, values),
    ready,
  );
  const reachable = endpoints.blob ? [endpoints.blob] : [];
  clusterBackup(context, cluster, managed, { groups, backup: common.backup, identities, reachable });
  return { managed, flux: gitops };
}

/**
 * Names are given, not made up, so what replaces a resource can only be created once the old one is gone. Role assignments have no name
 * of ours, and with the new one first nobody is without a role for a moment.
 */
function replaceInPlace(): void {
  pulumi.runtime.registerStackTransformation(({ resource, props, opts }) => ({
    props,
    opts: pulumi.mergeOptions({ deleteBeforeReplace: !(resource instanceof RoleAssignment) }, opts),
  }));
}
