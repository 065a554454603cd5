import type { RoleAssignment } from "@pulumi/azure-native/authorization";
import type { ManagedCluster } from "@pulumi/azure-native/containerservice";
import { FederatedIdentityCredential, UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";
import { azureName, type Cluster, federatedSubject, identitiesOf, type RoleGrant } from "../../clusters/fleet";
import { type Context, tagsOf } from "../context";
import { type Groups, of } from "../groups";
import { grant } from "../roles";

/** Audience that Entra ID wants in a workload's token. Source: learn.microsoft.com/entra/workload-id/workload-identity-federation. */
const AUDIENCE = "api://AzureADTokenExchange";

/** What a workload may be granted a role on. */
export interface GrantTargets {
  readonly dnsZoneId: pulumi.Input<string>;
  readonly keyVaultId: pulumi.Input<string>;
  readonly monitorWorkspaceId: pulumi.Input<string>;
}

/** A workload's identity on one cluster, ready to be used. */
export interface Workload {
  readonly name: string;
  readonly clientId: pulumi.Output<string>;
  /** What must exist before the workload starts. */
  readonly ready: readonly pulumi.Resource[];
}

/**
 * Creates the identities of a cluster's workloads, one for each workload and cluster: so each has one federated credential, and no two
 * are written to one identity at once, which Azure refuses. Source: learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations.
 */
export function workloads(
  context: Context,
  groups: Groups,
  cluster: Cluster,
  managed: ManagedCluster,
  targets: GrantTargets,
): readonly Workload[] {
  const { fleet } = context;
  const group = of(groups.clusters, cluster).name;
  return identitiesOf(fleet, cluster.name).map((described) => {
    const name = azureName.identity(fleet, cluster.name, described.name);
    const identity = new UserAssignedIdentity(name, {
      resourceName: name,
      resourceGroupName: group,
      location: fleet.region,
      tags: tagsOf(fleet, cluster),
    });
    const credential = new FederatedIdentityCredential(
      name,
      {
        federatedIdentityCredentialResourceName: azureName.cluster(cluster.name),
        resourceName: identity.name,
        resourceGroupName: group,
        audiences: [AUDIENCE],
        subject: federatedSubject(described),
        issuer: issuerOf(managed),
      },
      { parent: identity },
    );
    const roles = described.roles.map((role) =>
      roleOf(context, `${cluster.name}-${described.name}`, identity, role, targets),
    );
    return { name: described.name, clientId: identity.clientId, ready: [credential, ...roles] };
  });
}

function roleOf(
  context: Context,
  workload: string,
  identity: UserAssignedIdentity,
  described: RoleGrant,
  targets: GrantTargets,
): RoleAssignment {
  const { role, on, secret } = described;
  return grant(
    context,
    {
      name: [workload, on, secret ?? role.toLowerCase().replaceAll(" ", "-")].join("-"),
      role,
      principalId: identity.principalId,
      scope: scopeOf(described, targets),
      because: `The workload ${workload} ${secret ? `reads the secret ${secret}` : `works on the ${on}`}`,
    },
    { parent: identity },
  );
}

function scopeOf({ on, secret }: RoleGrant, targets: GrantTargets): pulumi.Input<string> {
  const scopes = {
    "dns-zone": targets.dnsZoneId,
    "key-vault": targets.keyVaultId,
    "monitor-workspace": targets.monitorWorkspaceId,
  };
  return secret ? pulumi.interpolate`${scopes[on]}/secrets/${secret}` : scopes[on];
}

/** Address of a cluster's token issuer. */
function issuerOf(managed: ManagedCluster): pulumi.Output<string> {
  return pulumi.all([managed.oidcIssuerProfile, managed.name]).apply(([profile, name]) => {
    if (profile?.issuerURL) return profile.issuerURL;
    throw new Error(
      `Azure names no token issuer of ${name}, although its OIDC issuer is enabled; run the update again`,
    );
  });
}
