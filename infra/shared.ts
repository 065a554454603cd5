import type { Registry } from "@pulumi/azure-native/containerregistry";
import type { Zone } from "@pulumi/azure-native/dns";
import type { Vault } from "@pulumi/azure-native/keyvault";
import type * as pulumi from "@pulumi/pulumi";
import { bastion } from "./access/bastion";
import { jumpHost } from "./access/jump-host";
import { type Backup, backup } from "./backup/vault";
import type { Context } from "./context";
import { publicZone } from "./dns";
import { type Groups, resourceGroups } from "./groups";
import { privateEndpoint } from "./network/endpoint";
import { type Networks, networks } from "./network/network";
import { type LinkedZone, type PrivateService, privateZones } from "./network/private-dns";
import { auditLogs } from "./observability/diagnostics";
import { type Workspaces, workspaces } from "./observability/workspaces";
import { registry } from "./registry";
import { grant } from "./roles";
import { keyVault } from "./vault";

/** What all clusters of a fleet share. */
export interface Shared {
  readonly groups: Groups;
  readonly networks: Networks;
  readonly zones: ReadonlyMap<PrivateService, LinkedZone>;
  readonly workspaces: Workspaces;
  readonly vault: Vault;
  readonly registry: Registry;
  readonly zone: Zone;
  readonly backup: Backup;
  /** Private endpoints, by what they lead to. */
  readonly endpoints: Readonly<Partial<Record<PrivateService, pulumi.Resource>>>;
  readonly prometheusQueryEndpoint: pulumi.Output<string>;
}

/** Creates what all clusters share. */
export function shared(context: Context): Shared {
  const groups = resourceGroups(context);
  const nets = networks(context, groups);
  const zones = privateZones(context, groups, nets);
  const spaces = workspaces(context, groups);
  const vault = keyVault(context, groups);
  const images = registry(context, groups);
  const zone = publicZone(context, groups);
  const backups = backup(context, groups);
  const way = bastion(context, groups, nets);
  jumpHost(context, groups, nets);
  auditLogs("key-vault", "keyVault", vault, spaces.logs.id);
  auditLogs("registry", "registry", images, spaces.logs.id);
  auditLogs("backup-vault", "backupVault", backups.vault, spaces.logs.id);
  if (way) auditLogs("bastion", "bastion", way, spaces.logs.id);
  kialiReader(context, spaces);
  const targets: readonly [PrivateService, string, pulumi.CustomResource][] = [
    ["key-vault", "vault", vault],
    ["blob", "blob", backups.storage],
    ["registry", "registry", images],
  ];
  const endpoints = Object.fromEntries(
    targets.flatMap(([service, groupId, { id }]) => {
      const linked = zones.get(service);
      return linked ? [[service, privateEndpoint(context, groups, nets, { service, groupId, id, zone: linked })]] : [];
    }),
  );
  return {
    groups,
    networks: nets,
    zones,
    workspaces: spaces,
    vault,
    registry: images,
    zone,
    backup: backups,
    endpoints,
    prometheusQueryEndpoint: queryEndpoint(spaces),
  };
}

/** Kiali signs in to the Monitor workspace as an app registration: it knows no workload identity. Source: kiali.io, Prometheus authentication. */
function kialiReader(context: Context, spaces: Workspaces): void {
  const principalId = context.settings.kialiOauthPrincipalId;
  if (!principalId || !context.fleet.clusters.some(({ addons }) => addons.includes("kiali"))) return;
  grant(context, {
    name: "kiali-metrics",
    role: "Monitoring Data Reader",
    principalId,
    scope: spaces.metrics.id,
    because: "Kiali reads the mesh's metrics",
  });
}

function queryEndpoint({ metrics }: Workspaces): pulumi.Output<string> {
  return metrics.metrics.apply((found) => {
    if (found?.prometheusQueryEndpoint) return found.prometheusQueryEndpoint;
    throw new Error("Azure names no query endpoint of the Monitor workspace; run the update again");
  });
}
