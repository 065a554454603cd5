/**
 * Where azure-native or the data departs from the general rules, each with its reason.
 * Properties are written `<name of the object in the data>.<name of the property in Azure>`.
 */

/** SDK names that camel case does not give: Azure's specifications give these properties another name for clients (`x-ms-client-name`). */
export const SDK_NAMES: Readonly<Record<string, string>> = {
  "microsoft.containerregistry/IPRule.value": "iPAddressOrRange",
  "microsoft.storage/IPRule.value": "iPAddressOrRange",
  "microsoft.storage/VirtualNetworkRule.id": "virtualNetworkResourceId",
  "microsoft.storage/Encryption.identity": "encryptionIdentity",
  "microsoft.storage/Encryption.keyvaultproperties": "keyVaultProperties",
  "microsoft.storage/StorageAccountPropertiesCreateParametersOrStorageAccountProperties.networkAcls": "networkRuleSet",
  "microsoft.storage/StorageAccountPropertiesCreateParametersOrStorageAccountProperties.supportsHttpsTrafficOnly":
    "enableHttpsTrafficOnly",
  "microsoft.storage/StorageAccountPropertiesCreateParametersOrStorageAccountProperties.isNfsV3Enabled": "enableNfsV3",
  "microsoft.storage/EncryptionIdentity.userAssignedIdentity": "encryptionUserAssignedIdentity",
  "microsoft.storage/EncryptionIdentity.federatedIdentityClientId": "encryptionFederatedIdentityClientId",
  "microsoft.storage/KeyVaultProperties.keyname": "keyName",
  "microsoft.storage/KeyVaultProperties.keyversion": "keyVersion",
  "microsoft.storage/KeyVaultProperties.keyvaulturi": "keyVaultUri",
  "microsoft.authorization/RoleDefinitionProperties.type": "roleType",
  "microsoft.keyvault/SecretAttributes.exp": "expires",
  "microsoft.keyvault/SecretAttributes.nbf": "notBefore",
  "microsoft.keyvault/KeyAttributes.exp": "expires",
  "microsoft.keyvault/KeyAttributes.nbf": "notBefore",
};

/** Numbers that may be fractions. The data calls every number an integer, as Bicep has no other. */
export const FRACTIONS: ReadonlySet<string> = new Set([
  "microsoft.containerservice/ManagedClusterAgentPoolProfile.spotMaxPrice",
  "microsoft.containerservice/ManagedClusterAgentPoolProfileProperties.spotMaxPrice",
  "microsoft.compute/BillingProfile.maxPrice",
  "microsoft.consumption/BudgetProperties.amount",
  "microsoft.consumption/Notification.threshold",
  "microsoft.insights/ApplicationInsightsComponentProperties.SamplingPercentage",
  "microsoft.operationalinsights/WorkspaceCapping.dailyQuotaGb",
]);

/** Values beyond those of the data. */
export interface MoreValues {
  readonly values: readonly string[];
  readonly pattern?: RegExp;
}

// The enum of streams is open: it names those of virtual machines, while agents of Kubernetes send these.
// Sources: Azure/prometheus-collector AddonBicepTemplate; microsoft/Docker-Provider, Container Insights templates;
// learn.microsoft.com/azure/azure-monitor/containers/container-insights-data-collection-configure.
const STREAMS: MoreValues = {
  values: [
    "Microsoft-ContainerInsights-Group-Default",
    "Microsoft-ContainerInventory",
    "Microsoft-ContainerLog",
    "Microsoft-ContainerLogV2",
    "Microsoft-ContainerLogV2-HighScale",
    "Microsoft-ContainerNodeInventory",
    "Microsoft-KubeEvents",
    "Microsoft-KubeMonAgentEvents",
    "Microsoft-KubeNodeInventory",
    "Microsoft-KubePVInventory",
    "Microsoft-KubePodInventory",
    "Microsoft-KubeServices",
    "Microsoft-PrometheusMetrics",
  ],
  pattern: /^Custom-[A-Za-z0-9_]+$/,
};

/** Enums whose published values are not all; every other enum is taken as complete. */
export const MORE_VALUES: Readonly<Record<string, MoreValues>> = {
  "microsoft.insights/DataFlow.streams": STREAMS,
  "microsoft.insights/ExtensionDataSource.streams": STREAMS,
};

/**
 * Objects that have a `description` in Azure although the data does not show one: pruning its prose took the properties of that
 * name as well. Source: the declarations of azure-native 3.28.
 */
export const LOST_DESCRIPTIONS: ReadonlySet<string> = new Set([
  "microsoft.alertsmanagement/PrometheusRuleGroupProperties",
  "microsoft.authorization/RoleAssignmentProperties",
  "microsoft.insights/DataCollectionEndpointResourceProperties",
  "microsoft.insights/DataCollectionRuleAssociationProxyOnlyResourceProperties",
  "microsoft.insights/DataCollectionRuleResourceProperties",
  "microsoft.network/PrivateLinkServiceConnectionState",
  "microsoft.network/SecurityRulePropertiesFormat",
  "microsoft.network/ServiceEndpointPolicyDefinitionPropertiesFormat",
]);

/**
 * Inputs that azure-native offers besides address and body. `name` repeats the name of the address; `syncRemoteAddressSpace` is
 * part of the request's query.
 */
export const BESIDE_BODY: Readonly<Record<string, readonly string[]>> = {
  "network:PrivateDnsZoneGroup": ["name"],
  "network:Subnet": ["name"],
  "network:VirtualNetworkPeering": ["name", "syncRemoteAddressSpace"],
};

/** The provider fills in `location` from its configuration, so that a body without it is complete. */
export const LOCATION_BY_PROVIDER = true;
