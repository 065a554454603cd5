import {
  AgentPool,
  MaintenanceConfiguration,
  ManagedCluster,
  ResourceIdentityType,
} from "@pulumi/azure-native/containerservice";
import type * as pulumi from "@pulumi/pulumi";
import { azureName, type Cluster, SUBNETS } from "../../clusters/fleet";
import type { Context } from "../context";
import { type Groups, of } from "../groups";
import type { ClusterIdentities } from "../identity/cluster";
import { type Networks, subnetId } from "../network/network";
import type { LinkedZone } from "../network/private-dns";
import { maintenanceWindows } from "./maintenance";
import { userPools } from "./pools";
import { clusterSpec } from "./spec";

/** What a cluster stands on. */
export interface ClusterBasis {
  readonly groups: Groups;
  readonly networks: Networks;
  /** Zone of the API servers, where they are private. */
  readonly apiZone?: LinkedZone;
  readonly identities: ClusterIdentities;
  readonly logWorkspaceId: pulumi.Input<string>;
}

/** Creates a cluster with its pools and maintenance windows. Its identities have their roles before it starts, as it needs them to. */
export function cluster(context: Context, cluster: Cluster, basis: ClusterBasis): ManagedCluster {
  const { fleet, settings } = context;
  const { groups, networks, identities } = basis;
  const group = of(groups.clusters, cluster);
  const spec = clusterSpec(fleet, cluster);
  const subnet = subnetId(of(networks.vnets, cluster), SUBNETS.nodes);
  const name = azureName.cluster(cluster.name);
  const managed = new ManagedCluster(
    name,
    {
      ...spec,
      resourceGroupName: group.name,
      agentPoolProfiles: spec.agentPoolProfiles.map((pool) => ({ ...pool, vnetSubnetID: subnet })),
      identity: { type: ResourceIdentityType.UserAssigned, userAssignedIdentities: [identities.controlPlane.id] },
      identityProfile: {
        kubeletidentity: {
          resourceId: identities.kubelet.id,
          clientId: identities.kubelet.clientId,
          objectId: identities.kubelet.principalId,
        },
      },
      aadProfile: { managed: true, enableAzureRBAC: true, tenantID: settings.tenantId },
      apiServerAccessProfile: apiServerAccess(context, basis.apiZone),
      addonProfiles: addons(basis.logWorkspaceId),
      securityProfile: {
        workloadIdentity: { enabled: true },
        imageCleaner: { enabled: true, intervalHours: 168 },
        defender: { logAnalyticsWorkspaceResourceId: basis.logWorkspaceId, securityMonitoring: { enabled: true } },
      },
    },
    { dependsOn: [...identities.roles, ...networks.peerings, ...(basis.apiZone?.links ?? [])] },
  );
  pools(cluster, managed, group.name, subnet);
  windows(context, cluster, managed, group.name);
  return managed;
}

/** A private server keeps `az aks command invoke` as the way in when the Bastion is down; a public one has its listed addresses. */
function apiServerAccess({ fleet }: Context, zone: LinkedZone | undefined) {
  return fleet.api.access === "private"
    ? {
        enablePrivateCluster: true,
        enablePrivateClusterPublicFQDN: false,
        privateDNSZone: zone?.zone.id,
        disableRunCommand: false,
      }
    : { enablePrivateCluster: false, authorizedIPRanges: [...fleet.api.authorizedRanges], disableRunCommand: true };
}

/** AKS's own add-ons; all their settings are strings. */
function addons(logWorkspaceId: pulumi.Input<string>) {
  return {
    azureKeyvaultSecretsProvider: {
      enabled: true,
      config: { enableSecretRotation: "true", rotationPollInterval: "2m" },
    },
    omsagent: { enabled: true, config: { logAnalyticsWorkspaceResourceID: logWorkspaceId, useAADAuth: "true" } },
  };
}

/** Pools of their own: a change of an inline pool sets every pool of the cluster to work. */
function pools(
  cluster: Cluster,
  managed: ManagedCluster,
  group: pulumi.Input<string>,
  subnet: pulumi.Input<string>,
): void {
  for (const { name, autoscaled, spec } of userPools(cluster)) {
    new AgentPool(
      `${azureName.cluster(cluster.name)}-${name}`,
      { ...spec, agentPoolName: name, resourceName: managed.name, resourceGroupName: group, vnetSubnetID: subnet },
      { parent: managed, ignoreChanges: autoscaled ? ["count"] : [] },
    );
  }
}

function windows({ fleet }: Context, cluster: Cluster, managed: ManagedCluster, group: pulumi.Input<string>): void {
  for (const { name, day, start, hours, utcOffset } of maintenanceWindows(fleet, cluster)) {
    new MaintenanceConfiguration(
      `${azureName.cluster(cluster.name)}-${name}`,
      {
        configName: name,
        resourceName: managed.name,
        resourceGroupName: group,
        maintenanceWindow: {
          durationHours: hours,
          startTime: start,
          utcOffset,
          schedule: { weekly: { dayOfWeek: day, intervalWeeks: 1 } },
        },
      },
      { parent: managed },
    );
  }
}
