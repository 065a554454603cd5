import { PrincipalType } from "@pulumi/azure-native/authorization";
import type { ManagedCluster } from "@pulumi/azure-native/containerservice";
import type { Cluster } from "../clusters/fleet";
import type { Context } from "./context";
import { grant } from "./roles";

/** Lets the operators' group into a cluster: to get a kubeconfig, and to do everything in it. Local accounts are off. */
export function operators(context: Context, cluster: Cluster, managed: ManagedCluster): void {
  const group = { principalId: context.settings.adminGroupId, principalType: PrincipalType.Group, scope: managed.id };
  grant(context, {
    ...group,
    name: `operators-${cluster.name}-user`,
    role: "AKS Cluster User",
    because: "Operators get the cluster's address and certificate",
  });
  grant(context, {
    ...group,
    name: `operators-${cluster.name}-admin`,
    role: "AKS RBAC Cluster Admin",
    because: "Operators administer the cluster",
  });
}
