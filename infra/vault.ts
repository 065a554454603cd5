import { PrincipalType } from "@pulumi/azure-native/authorization";
import { NetworkRuleAction, NetworkRuleBypassOptions, SkuFamily, SkuName, Vault } from "@pulumi/azure-native/keyvault";
import type { Fleet } from "../clusters/fleet";
import { type Context, holdsData, tagsOf } from "./context";
import type { Groups } from "./groups";
import { grant } from "./roles";

/**
 * Who reaches the vault from outside: nobody where operators come through the Bastion, and else the addresses that reach the API
 * servers, so that people can put secrets in. Clusters come by the private endpoint either way.
 */
export function vaultAccess(fleet: Fleet) {
  const ranges = fleet.api.access === "public" ? fleet.api.authorizedRanges : [];
  return {
    publicNetworkAccess: ranges.length > 0 ? "Enabled" : "Disabled",
    networkAcls: {
      bypass: NetworkRuleBypassOptions.AzureServices,
      defaultAction: NetworkRuleAction.Deny,
      ipRules: ranges.map((value) => ({ value })),
    },
  };
}

/** Creates the Key Vault. Its secrets are put in by hand: a value that this program knew would be in the stack's state. */
export function keyVault(context: Context, groups: Groups): Vault {
  const { fleet, settings } = context;
  const vault = new Vault(
    fleet.keyVault.name,
    {
      vaultName: fleet.keyVault.name,
      resourceGroupName: groups.common.name,
      location: fleet.region,
      properties: {
        tenantId: settings.tenantId,
        sku: { family: SkuFamily.A, name: SkuName.Standard },
        // Written out: the default differs between versions of Azure's API.
        enableRbacAuthorization: true,
        enableSoftDelete: true,
        softDeleteRetentionInDays: settings.purgeProtection ? 90 : 7,
        // Azure takes true or nothing.
        ...(settings.purgeProtection ? { enablePurgeProtection: true } : {}),
        enabledForDeployment: false,
        enabledForDiskEncryption: false,
        enabledForTemplateDeployment: false,
        ...vaultAccess(fleet),
      },
      tags: tagsOf(fleet),
    },
    holdsData(settings),
  );
  grant(context, {
    name: "operators-key-vault",
    role: "Key Vault Secrets Officer",
    principalId: settings.adminGroupId,
    principalType: PrincipalType.Group,
    scope: vault.id,
    because: "Operators put secrets in and take them out",
  });
  return vault;
}
