import { id, OF_CLUSTER, resource, SUBSCRIPTION } from "./resource";

const ON_CLUSTER = {
  resourceGroupName: "rg-mgmt",
  clusterRp: "Microsoft.ContainerService",
  clusterResourceName: "managedClusters",
  clusterName: "aks-mgmt",
};

/** Extensions, Flux and backups of a cluster that Azure takes. */
export const KUBERNETES = {
  fluxExtension: resource("kubernetesconfiguration:Extension", "mgmt-flux", {
    ...ON_CLUSTER,
    extensionName: "flux",
    extensionType: "microsoft.flux",
    autoUpgradeMinorVersion: true,
    releaseTrain: "Stable",
    scope: { cluster: { releaseNamespace: "flux-system" } },
    configurationSettings: { "multiTenancy.enforce": "false" },
  }),
  flux: resource("kubernetesconfiguration:FluxConfiguration", "mgmt-fleet", {
    ...ON_CLUSTER,
    fluxConfigurationName: "fleet",
    scope: "cluster",
    namespace: "flux-system",
    sourceKind: "GitRepository",
    suspend: false,
    gitRepository: {
      url: "ssh://git@github.com/example/aks-fleet",
      repositoryRef: { branch: "main" },
      syncIntervalInSeconds: 120,
      timeoutInSeconds: 180,
    },
    configurationProtectedSettings: { sshPrivateKey: Buffer.from("a key\n").toString("base64") },
    kustomizations: {
      crds: { path: "dist/default/mgmt/crds", prune: true, wait: true, timeoutInSeconds: 600 },
      root: {
        path: "dist/default/mgmt",
        dependsOn: ["crds"],
        prune: true,
        syncIntervalInSeconds: 600,
        retryIntervalInSeconds: 120,
        postBuild: {
          substitute: { TENANT_ID: "33333333-3333-4333-8333-333333333333", KEY_VAULT_NAME: "kv-k8s-demo-7f3a" },
          substituteFrom: [{ kind: "ConfigMap", name: "cluster", optional: true }],
        },
      },
    },
  }),
  backupExtension: resource("kubernetesconfiguration:Extension", "mgmt-backup", {
    ...ON_CLUSTER,
    extensionName: "azure-aks-backup",
    extensionType: "microsoft.dataprotection.kubernetes",
    autoUpgradeMinorVersion: true,
    releaseTrain: "stable",
    scope: { cluster: { releaseNamespace: "dataprotection-microsoft" } },
    configurationSettings: {
      "configuration.backupStorageLocation.bucket": "mgmt",
      "configuration.backupStorageLocation.config.resourceGroup": "rg-common",
      "configuration.backupStorageLocation.config.storageAccount": "stk8sdemo7f3a",
      "configuration.backupStorageLocation.config.subscriptionId": "00000000-0000-4000-8000-000000000000",
      "configuration.backupStorageLocation.config.useAAD": "true",
      "credentials.tenantId": "33333333-3333-4333-8333-333333333333",
    },
  }),
  vault: resource("dataprotection:BackupVault", "bvault-k8s-demo", {
    resourceGroupName: "rg-common",
    location: "koreacentral",
    vaultName: "bvault-k8s-demo",
    identity: { type: "SystemAssigned" },
    properties: {
      storageSettings: [{ datastoreType: "VaultStore", type: "ZoneRedundant" }],
      securitySettings: { softDeleteSettings: { state: "On", retentionDurationInDays: 14 } },
      monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" } },
    },
  }),
  policy: resource("dataprotection:BackupPolicy", "daily", {
    resourceGroupName: "rg-common",
    vaultName: "bvault-k8s-demo",
    backupPolicyName: "daily",
    properties: {
      objectType: "BackupPolicy",
      datasourceTypes: ["Microsoft.ContainerService/managedClusters"],
      policyRules: [
        {
          objectType: "AzureBackupRule",
          name: "BackupDaily",
          backupParameters: { objectType: "AzureBackupParams", backupType: "Incremental" },
          dataStore: { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" },
          trigger: {
            objectType: "ScheduleBasedTriggerContext",
            schedule: { repeatingTimeIntervals: ["R/2026-12-01T02:00:00+00:00/P1D"], timeZone: "UTC" },
            taggingCriteria: [{ isDefault: true, taggingPriority: 99, tagInfo: { tagName: "Default" } }],
          },
        },
        {
          objectType: "AzureRetentionRule",
          name: "Default",
          isDefault: true,
          lifecycles: [
            {
              deleteAfter: { objectType: "AbsoluteDeleteOption", duration: "P7D" },
              sourceDataStore: { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" },
            },
          ],
        },
      ],
    },
  }),
  instance: resource("dataprotection:BackupInstance", "mgmt", {
    resourceGroupName: "rg-common",
    vaultName: "bvault-k8s-demo",
    backupInstanceName: "mgmt",
    properties: {
      objectType: "BackupInstance",
      friendlyName: "mgmt",
      dataSourceInfo: {
        objectType: "Datasource",
        resourceID: id("Microsoft.ContainerService/managedClusters", "aks-mgmt", "rg-mgmt"),
        resourceName: "aks-mgmt",
        resourceType: "Microsoft.ContainerService/managedClusters",
        resourceLocation: "koreacentral",
        datasourceType: "Microsoft.ContainerService/managedClusters",
      },
      policyInfo: {
        policyId: `${id("Microsoft.DataProtection/backupVaults", "bvault-k8s-demo")}/backupPolicies/daily`,
        policyParameters: {
          dataStoreParametersList: [
            {
              objectType: "AzureOperationalStoreParameters",
              dataStoreType: "OperationalStore",
              resourceGroupId: `${SUBSCRIPTION}/resourceGroups/rg-snapshots`,
            },
          ],
          backupDatasourceParametersList: [
            {
              objectType: "KubernetesClusterBackupDatasourceParameters",
              snapshotVolumes: true,
              includeClusterScopeResources: true,
              excludedNamespaces: ["kube-system"],
            },
          ],
        },
      },
    },
  }),
  power: resource("logic:Workflow", "power-mgmt", {
    ...OF_CLUSTER,
    workflowName: "power-mgmt",
    identity: { type: "SystemAssigned" },
    state: "Enabled",
    definition: {
      $schema:
        "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
      contentVersion: "1.0.0.0",
      triggers: {
        evening: {
          type: "Recurrence",
          recurrence: { frequency: "Week", interval: 1, timeZone: "Korea Standard Time", schedule: { hours: ["22"] } },
        },
      },
      actions: {
        stop: {
          type: "Http",
          inputs: {
            method: "POST",
            uri: "https://management.azure.com/subscriptions/x/managedClusters/aks-mgmt/stop?api-version=2025-09-01",
            authentication: { type: "ManagedServiceIdentity", audience: "https://management.azure.com/" },
          },
        },
      },
    },
  }),
};
