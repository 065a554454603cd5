import { PrincipalType, RoleAssignment, RoleDefinition } from "@pulumi/azure-native/authorization";
import type { ManagedCluster } from "@pulumi/azure-native/containerservice";
import { ManagedServiceIdentityType, Workflow, WorkflowState } from "@pulumi/azure-native/logic";
import * as pulumi from "@pulumi/pulumi";
import { azureName, type Cluster } from "../../clusters/fleet";
import { type Context, tagsOf } from "../context";
import { type Groups, of } from "../groups";
import { type PowerAction, powerDefinition, stoppingClusters } from "./workflow";

const ACTIONS: readonly PowerAction[] = ["stop", "start"];

/** Nothing but stopping and starting: Azure has no built-in role that is as small. */
const PERMISSIONS = [
  "Microsoft.ContainerService/managedClusters/read",
  "Microsoft.ContainerService/managedClusters/start/action",
  "Microsoft.ContainerService/managedClusters/stop/action",
] as const;

/** Stops and starts the clusters that may be stopped, by their schedule. */
export function power(context: Context, groups: Groups, clusters: Readonly<Record<string, ManagedCluster>>): void {
  const { fleet, settings } = context;
  const stopping = stoppingClusters(fleet);
  if (stopping.length === 0) return;
  const role = new RoleDefinition("cluster-power", {
    roleName: azureName.powerRole(fleet),
    description: "Stops and starts clusters",
    roleType: "CustomRole",
    scope: `/subscriptions/${settings.subscriptionId}`,
    assignableScopes: stopping.map((cluster) => of(groups.clusters, cluster).id),
    permissions: [{ actions: [...PERMISSIONS], notActions: [], dataActions: [], notDataActions: [] }],
  });
  for (const cluster of stopping) {
    for (const action of ACTIONS) schedule(context, groups, cluster, of(clusters, cluster), action, role);
  }
}

function schedule(
  { fleet }: Context,
  groups: Groups,
  cluster: Cluster,
  managed: ManagedCluster,
  action: PowerAction,
  role: RoleDefinition,
): void {
  const name = azureName.powerWorkflow(fleet, cluster.name, action);
  const workflow = new Workflow(
    name,
    {
      workflowName: name,
      resourceGroupName: of(groups.clusters, cluster).name,
      location: fleet.region,
      identity: { type: ManagedServiceIdentityType.SystemAssigned },
      state: WorkflowState.Enabled,
      definition: managed.id.apply((id) => powerDefinition(fleet, cluster, id, action)),
      tags: tagsOf(fleet, cluster),
    },
    { parent: managed },
  );
  new RoleAssignment(
    `${cluster.name}-power-${action}`,
    {
      roleDefinitionId: role.id,
      principalId: identityOf(workflow),
      principalType: PrincipalType.ServicePrincipal,
      scope: managed.id,
      description: `The workflow ${name} may ${action} the cluster`,
    },
    { parent: workflow },
  );
}

function identityOf(workflow: Workflow): pulumi.Output<string> {
  return pulumi.all([workflow.identity, workflow.name]).apply(([identity, name]) => {
    if (identity?.principalId) return identity.principalId;
    throw new Error(`Azure names no identity of the workflow ${name}; run the update again`);
  });
}
