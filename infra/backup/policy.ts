import { DataStoreTypes } from "@pulumi/azure-native/dataprotection";

/** Days that a backup is kept. */
export const RETENTION_DAYS = 7;

/**
 * When the daily backup runs. 02:00 UTC is 11:00 in Seoul: within working hours, since a cluster that is stopped cannot be backed up.
 * The date only starts the series, and may lie in the past.
 */
export const DAILY = "R/2026-12-01T02:00:00+00:00/P1D";

const TAG = "Default";

/** A policy for AKS: daily, incremental, in the operational tier, which is the snapshots' group and the storage account. */
export function backupPolicy() {
  const operational = { dataStoreType: DataStoreTypes.OperationalStore, objectType: "DataStoreInfoBase" };
  return {
    objectType: "BackupPolicy" as const,
    datasourceTypes: ["Microsoft.ContainerService/managedClusters"],
    policyRules: [
      {
        objectType: "AzureBackupRule" as const,
        name: "BackupDaily",
        backupParameters: { objectType: "AzureBackupParams" as const, backupType: "Incremental" },
        dataStore: operational,
        trigger: {
          objectType: "ScheduleBasedTriggerContext" as const,
          schedule: { repeatingTimeIntervals: [DAILY], timeZone: "UTC" },
          taggingCriteria: [{ isDefault: true, taggingPriority: 99, tagInfo: { tagName: TAG } }],
        },
      },
      {
        objectType: "AzureRetentionRule" as const,
        name: TAG,
        isDefault: true,
        lifecycles: [
          {
            deleteAfter: { objectType: "AbsoluteDeleteOption" as const, duration: `P${RETENTION_DAYS}D` },
            sourceDataStore: operational,
          },
        ],
      },
    ],
  };
}
