import {
  AlertsState,
  BackupPolicy,
  BackupVault,
  ImmutabilityState,
  SoftDeleteState,
  StorageSettingStoreTypes,
  StorageSettingTypes,
} from "@pulumi/azure-native/dataprotection";
import {
  Bypass,
  DefaultAction,
  KeySource,
  KeyType,
  Kind,
  MinimumTlsVersion,
  PublicNetworkAccess,
  SkuName,
  StorageAccount,
} from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { azureName, type Fleet } from "../../clusters/fleet";
import { type Context, holdsData, tagsOf } from "../context";
import type { Groups } from "../groups";
import { backupPolicy } from "./policy";

/** What backups of all clusters share. */
export interface Backup {
  readonly vault: BackupVault;
  /** The vault's own identity. */
  readonly principalId: pulumi.Output<string>;
  readonly policy: BackupPolicy;
  readonly storage: StorageAccount;
}

/** Creates the backup vault with its policy, and the storage account that clusters' objects are copied to. */
export function backup(context: Context, groups: Groups): Backup {
  const { fleet, settings } = context;
  const name = azureName.backupVault(fleet);
  const vault = new BackupVault(
    name,
    {
      vaultName: name,
      resourceGroupName: groups.common.name,
      location: fleet.region,
      identity: { type: "SystemAssigned" },
      properties: {
        storageSettings: [{ datastoreType: StorageSettingStoreTypes.VaultStore, type: redundancy(fleet) }],
        securitySettings: {
          softDeleteSettings: { state: SoftDeleteState.On, retentionDurationInDays: 14 },
          immutabilitySettings: { state: ImmutabilityState.Disabled },
        },
        monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: AlertsState.Enabled } },
      },
      tags: tagsOf(fleet),
    },
    holdsData(settings),
  );
  const policy = new BackupPolicy(
    "aks-daily",
    {
      backupPolicyName: "aks-daily",
      vaultName: vault.name,
      resourceGroupName: groups.common.name,
      properties: backupPolicy(),
    },
    { parent: vault },
  );
  const principalId = pulumi.all([vault.identity, vault.name]).apply(([identity, found]) => {
    if (identity?.principalId) return identity.principalId;
    throw new Error(`Azure names no identity of ${found}; run the update again`);
  });
  return { vault, principalId, policy, storage: storage(context, groups) };
}

/** Zones where the region's clusters use them. It cannot be changed once something is in the vault. */
function redundancy(fleet: Fleet): StorageSettingTypes {
  return zoned(fleet) ? StorageSettingTypes.ZoneRedundant : StorageSettingTypes.LocallyRedundant;
}

function zoned(fleet: Fleet): boolean {
  return fleet.clusters.some(({ zones }) => zones.length > 0);
}

/** For identities only, by the private endpoint only. Backup takes the general kind, second version. */
function storage({ fleet, settings }: Context, groups: Groups): StorageAccount {
  const name = azureName.backupStorage(fleet);
  return new StorageAccount(
    name,
    {
      accountName: name,
      resourceGroupName: groups.common.name,
      location: fleet.region,
      kind: Kind.StorageV2,
      sku: { name: zoned(fleet) ? SkuName.Standard_ZRS : SkuName.Standard_LRS },
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      allowCrossTenantReplication: false,
      defaultToOAuthAuthentication: true,
      enableHttpsTrafficOnly: true,
      minimumTlsVersion: MinimumTlsVersion.TLS1_2,
      publicNetworkAccess: PublicNetworkAccess.Disabled,
      networkRuleSet: { bypass: Bypass.AzureServices, defaultAction: DefaultAction.Deny },
      encryption: {
        keySource: KeySource.Microsoft_Storage,
        requireInfrastructureEncryption: true,
        services: { blob: { enabled: true, keyType: KeyType.Account } },
      },
      tags: tagsOf(fleet),
    },
    holdsData(settings),
  );
}
