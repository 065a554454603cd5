import type { RoleAssignment } from "@pulumi/azure-native/authorization";
import type { Registry } from "@pulumi/azure-native/containerregistry";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import { azureName, type Cluster } from "../../clusters/fleet";
import { type Context, tagsOf } from "../context";
import { type Groups, of } from "../groups";
import type { Networks } from "../network/network";
import type { LinkedZone } from "../network/private-dns";
import { grant } from "../roles";

/** Who a cluster acts as in Azure. */
export interface ClusterIdentities {
  /** The control plane, which changes networks and disks. */
  readonly controlPlane: UserAssignedIdentity;
  /** The nodes, which pull images. */
  readonly kubelet: UserAssignedIdentity;
  /** What they must have been granted before the cluster starts. */
  readonly roles: readonly RoleAssignment[];
}

/**
 * Creates a cluster's own identities and grants them what it needs to start in a network and with a private zone of ours.
 * Source: learn.microsoft.com/azure/aks/managed-identity-overview, private-clusters and node-auto-provisioning-custom-vnet.
 */
export function clusterIdentities(
  context: Context,
  cluster: Cluster,
  basis: {
    readonly groups: Groups;
    readonly networks: Networks;
    readonly apiZone?: LinkedZone;
    readonly registry: Registry;
  },
): ClusterIdentities {
  const { groups, networks, apiZone, registry } = basis;
  const controlPlane = identity(context, groups, cluster, "control-plane");
  const kubelet = identity(context, groups, cluster, "kubelet");
  const principalId = controlPlane.principalId;
  const roles = [
    grant(context, {
      name: `${cluster.name}-control-plane-network`,
      role: "Network Contributor",
      principalId,
      scope: of(networks.vnets, cluster).id,
      because: "AKS joins nodes, load balancers and private endpoints to the network",
    }),
    grant(context, {
      name: `${cluster.name}-control-plane-kubelet`,
      role: "Managed Identity Operator",
      principalId,
      scope: kubelet.id,
      because: "AKS gives the nodes their identity",
    }),
    ...(apiZone
      ? [
          grant(context, {
            name: `${cluster.name}-control-plane-zone`,
            role: "Private DNS Zone Contributor",
            principalId,
            scope: apiZone.zone.id,
            because: "AKS writes the API server's name",
          }),
        ]
      : []),
    grant(context, {
      name: `${cluster.name}-kubelet-registry`,
      role: "AcrPull",
      principalId: kubelet.principalId,
      scope: registry.id,
      because: "Nodes pull images",
    }),
  ];
  return { controlPlane, kubelet, roles };
}

function identity({ fleet }: Context, groups: Groups, cluster: Cluster, use: string): UserAssignedIdentity {
  const name = azureName.identity(fleet, cluster.name, use);
  return new UserAssignedIdentity(name, {
    resourceName: name,
    resourceGroupName: of(groups.clusters, cluster).name,
    location: fleet.region,
    tags: tagsOf(fleet, cluster),
  });
}
