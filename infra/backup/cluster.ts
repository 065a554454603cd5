import { type ManagedCluster, TrustedAccessRoleBinding } from "@pulumi/azure-native/containerservice";
import { BackupInstance, DataStoreTypes } from "@pulumi/azure-native/dataprotection";
import { BlobContainer, PublicAccess } from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { azureName, type Cluster } from "../../clusters/fleet";
import { type Context, holdsData, tagsOf } from "../context";
import { clusterExtension } from "../extension";
import { type Groups, of } from "../groups";
import type { ClusterIdentities } from "../identity/cluster";
import { grant } from "../roles";
import type { Backup } from "./vault";

/** The one role by which a backup vault may act in a cluster. Source: learn.microsoft.com/azure/backup/azure-kubernetes-service-backup-overview. */
const TRUSTED_ACCESS_ROLE = "Microsoft.DataProtection/backupVaults/backup-operator";
const CLUSTER_TYPE = "Microsoft.ContainerService/managedClusters";

/** What a cluster's backup stands on. */
export interface BackupBasis {
  readonly groups: Groups;
  readonly backup: Backup;
  readonly identities: ClusterIdentities;
  /** What lets the cluster reach the storage account. */
  readonly reachable: readonly pulumi.Resource[];
}

/** Puts a cluster under backup: container, extension, roles, trusted access, and last the instance, which Azure checks all of it for. */
export function clusterBackup(context: Context, cluster: Cluster, managed: ManagedCluster, basis: BackupBasis): void {
  const { fleet, settings } = context;
  const { groups, backup, reachable } = basis;
  const group = of(groups.clusters, cluster).name;
  const container = new BlobContainer(
    azureName.backupContainer(cluster.name),
    {
      containerName: azureName.backupContainer(cluster.name),
      accountName: backup.storage.name,
      resourceGroupName: groups.common.name,
      publicAccess: PublicAccess.None,
    },
    { parent: backup.storage, ...holdsData(settings) },
  );
  const extension = clusterExtension(cluster, managed, group, {
    name: "azure-aks-backup",
    type: "microsoft.dataprotection.kubernetes",
    namespace: "dataprotection-microsoft",
    settings: {
      "configuration.backupStorageLocation.bucket": container.name,
      "configuration.backupStorageLocation.config.storageAccount": backup.storage.name,
      "configuration.backupStorageLocation.config.resourceGroup": groups.common.name,
      "configuration.backupStorageLocation.config.subscriptionId": settings.subscriptionId,
      "configuration.backupStorageLocation.config.useAAD": "true",
      "configuration.backupStorageLocation.config.storageAccountURI": pulumi.interpolate`https://${backup.storage.name}.blob.core.windows.net/`,
      "credentials.tenantId": settings.tenantId,
    },
    dependsOn: reachable,
  });
  const access = new TrustedAccessRoleBinding(
    `${cluster.name}-backup`,
    {
      trustedAccessRoleBindingName: "backup",
      resourceName: managed.name,
      resourceGroupName: group,
      roles: [TRUSTED_ACCESS_ROLE],
      sourceResourceId: backup.vault.id,
    },
    { parent: managed },
  );
  const roles = backupRoles(context, cluster, managed, basis, extension.principalId);
  if (!settings.backupInstances) return;
  const name = azureName.cluster(cluster.name);
  new BackupInstance(
    `${name}-backup`,
    {
      backupInstanceName: name,
      vaultName: backup.vault.name,
      resourceGroupName: groups.common.name,
      properties: {
        objectType: "BackupInstance",
        friendlyName: name,
        dataSourceInfo: { ...source(managed, fleet.region, name), objectType: "Datasource" },
        dataSourceSetInfo: { ...source(managed, fleet.region, name), objectType: "DatasourceSet" },
        policyInfo: {
          policyId: backup.policy.id,
          policyParameters: policyParameters(of(groups.snapshots, cluster).id),
        },
      },
      tags: tagsOf(fleet, cluster),
    },
    // Protected as the vault is: who deletes it deletes the cluster's backups.
    { parent: backup.vault, dependsOn: [extension.resource, access, ...roles] },
  );
}

/** Who may do what for a backup. Source of the set: learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-concept, required roles. */
function backupRoles(
  context: Context,
  cluster: Cluster,
  managed: ManagedCluster,
  { groups, backup, identities }: BackupBasis,
  extensionId: pulumi.Input<string>,
) {
  const vault = backup.principalId;
  const snapshots = of(groups.snapshots, cluster).id;
  const storage = backup.storage.id;
  const rows = [
    [
      "extension-storage",
      "Storage Blob Data Contributor",
      extensionId,
      storage,
      "The extension copies objects to its container",
    ],
    ["vault-cluster", "Reader", vault, managed.id, "The vault looks at the cluster"],
    ["vault-snapshots", "Reader", vault, snapshots, "The vault looks at snapshots"],
    ["vault-snapshots-write", "Disk Snapshot Contributor", vault, snapshots, "The vault keeps and deletes snapshots"],
    ["vault-snapshots-data", "Data Operator for Managed Disks", vault, snapshots, "The vault restores from snapshots"],
    [
      "cluster-snapshots",
      "Contributor",
      identities.controlPlane.principalId,
      snapshots,
      "The cluster takes snapshots of its volumes",
    ],
  ] as const;
  return rows.map(([name, role, principalId, scope, because]) =>
    grant(context, { name: `${cluster.name}-backup-${name}`, role, principalId, scope, because }),
  );
}

function source(managed: ManagedCluster, region: string, name: string) {
  return {
    datasourceType: CLUSTER_TYPE,
    resourceType: CLUSTER_TYPE,
    resourceID: managed.id,
    resourceUri: managed.id,
    resourceName: name,
    resourceLocation: region,
  };
}

/** All namespaces and volumes: what must not come back from a backup is restored by Git over it. */
function policyParameters(snapshots: pulumi.Input<string>) {
  return {
    backupDatasourceParametersList: [
      {
        objectType: "KubernetesClusterBackupDatasourceParameters" as const,
        includeClusterScopeResources: true,
        snapshotVolumes: true,
        includedNamespaces: [],
        excludedNamespaces: [],
        includedResourceTypes: [],
        excludedResourceTypes: [],
        labelSelectors: [],
      },
    ],
    dataStoreParametersList: [
      {
        objectType: "AzureOperationalStoreParameters" as const,
        dataStoreType: DataStoreTypes.OperationalStore,
        resourceGroupId: snapshots,
      },
    ],
  };
}
