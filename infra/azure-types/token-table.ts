/** How azure-native addresses a resource type of Azure. */
export interface TokenEntry {
  /** For example `Microsoft.ContainerService/managedClusters`. */
  readonly type: string;
  /** API version that azure-native 3.28 sends; in its declarations: "Uses Azure REST API version". */
  readonly version: string;
  /** Input that holds the resource's name; azure-native takes it out of the body. */
  readonly name: string;
  /** Other inputs that azure-native puts in the address and not in the body; all are needed. */
  readonly address: readonly string[];
  /**
   * What azure-native does when no name is given: adds eight hexadecimal digits to the logical name, or takes a random UUID,
   * or one fixed name. Source: pulumi/pulumi-azure-native, docs "Autonaming".
   */
  readonly naming: "digits" | "uuid" | "fixed";
  /** Whether the inputs have a `properties` as Azure has it, instead of its content. */
  readonly nested: boolean;
}

type Options = Partial<Pick<TokenEntry, "naming" | "nested">> & { readonly at?: readonly string[] };

const GROUP = ["resourceGroupName"];

function entry(type: string, version: string, name: string, options: Options = {}): TokenEntry {
  const { at = [], naming = "digits", nested = false } = options;
  return { type, version, name, address: [...GROUP, ...at], naming, nested };
}

function elsewhere(type: string, version: string, name: string, address: readonly string[], options: Options = {}) {
  return { ...entry(type, version, name, options), address };
}

const NETWORK = "2024-05-01";
const AKS = "2025-09-01";
const BACKUP = "2025-01-01";
const KUBERNETES = { at: ["clusterRp", "clusterResourceName", "clusterName"] };

/** Every resource type that the checks know, by the token without `azure-native:`. */
export const TOKENS: Readonly<Record<string, TokenEntry>> = {
  "alertsmanagement:PrometheusRuleGroup": entry(
    "Microsoft.AlertsManagement/prometheusRuleGroups",
    "2023-03-01",
    "ruleGroupName",
  ),
  "applicationinsights:Component": entry("Microsoft.Insights/components", "2020-02-02", "resourceName"),
  "authorization:ManagementLockAtResourceGroupLevel": entry("Microsoft.Authorization/locks", "2020-05-01", "lockName"),
  "authorization:ManagementLockByScope": elsewhere("Microsoft.Authorization/locks", "2020-05-01", "lockName", [
    "scope",
  ]),
  "authorization:RoleAssignment": elsewhere(
    "Microsoft.Authorization/roleAssignments",
    "2022-04-01",
    "roleAssignmentName",
    ["scope"],
    { naming: "uuid" },
  ),
  "authorization:RoleDefinition": elsewhere(
    "Microsoft.Authorization/roleDefinitions",
    "2022-05-01-preview",
    "roleDefinitionId",
    ["scope"],
    { naming: "uuid" },
  ),
  "compute:VirtualMachine": entry("Microsoft.Compute/virtualMachines", "2024-11-01", "vmName"),
  "compute:VirtualMachineExtension": entry(
    "Microsoft.Compute/virtualMachines/extensions",
    "2024-11-01",
    "vmExtensionName",
    { at: ["vmName"] },
  ),
  "consumption:Budget": elsewhere("Microsoft.Consumption/budgets", "2024-08-01", "budgetName", ["scope"]),
  "containerregistry:Registry": entry("Microsoft.ContainerRegistry/registries", "2023-01-01-preview", "registryName"),
  "containerservice:AgentPool": entry("Microsoft.ContainerService/managedClusters/agentPools", AKS, "agentPoolName", {
    at: ["resourceName"],
  }),
  "containerservice:MaintenanceConfiguration": entry(
    "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
    AKS,
    "configName",
    { at: ["resourceName"] },
  ),
  "containerservice:ManagedCluster": entry("Microsoft.ContainerService/managedClusters", AKS, "resourceName"),
  "containerservice:TrustedAccessRoleBinding": entry(
    "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings",
    AKS,
    "trustedAccessRoleBindingName",
    { at: ["resourceName"] },
  ),
  "dataprotection:BackupInstance": entry(
    "Microsoft.DataProtection/backupVaults/backupInstances",
    BACKUP,
    "backupInstanceName",
    { at: ["vaultName"], nested: true },
  ),
  "dataprotection:BackupPolicy": entry(
    "Microsoft.DataProtection/backupVaults/backupPolicies",
    BACKUP,
    "backupPolicyName",
    { at: ["vaultName"], nested: true },
  ),
  "dataprotection:BackupVault": entry("Microsoft.DataProtection/backupVaults", BACKUP, "vaultName", { nested: true }),
  "dns:Zone": entry("Microsoft.Network/dnsZones", "2023-07-01-preview", "zoneName"),
  "keyvault:Key": entry("Microsoft.KeyVault/vaults/keys", "2024-11-01", "keyName", { at: ["vaultName"], nested: true }),
  "keyvault:Secret": entry("Microsoft.KeyVault/vaults/secrets", "2024-11-01", "secretName", {
    at: ["vaultName"],
    nested: true,
  }),
  "keyvault:Vault": entry("Microsoft.KeyVault/vaults", "2024-11-01", "vaultName", { nested: true }),
  "kubernetesconfiguration:Extension": entry(
    "Microsoft.KubernetesConfiguration/extensions",
    "2023-05-01",
    "extensionName",
    KUBERNETES,
  ),
  "kubernetesconfiguration:FluxConfiguration": entry(
    "Microsoft.KubernetesConfiguration/fluxConfigurations",
    "2023-05-01",
    "fluxConfigurationName",
    KUBERNETES,
  ),
  "logic:Workflow": entry("Microsoft.Logic/workflows", "2019-05-01", "workflowName"),
  "managedidentity:FederatedIdentityCredential": entry(
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
    "2023-01-31",
    "federatedIdentityCredentialResourceName",
    { at: ["resourceName"] },
  ),
  "managedidentity:UserAssignedIdentity": entry(
    "Microsoft.ManagedIdentity/userAssignedIdentities",
    "2023-01-31",
    "resourceName",
  ),
  "monitor:ActionGroup": entry("Microsoft.Insights/actionGroups", "2024-10-01-preview", "actionGroupName"),
  "monitor:AzureMonitorWorkspace": entry("Microsoft.Monitor/accounts", "2023-04-03", "azureMonitorWorkspaceName"),
  "monitor:DataCollectionEndpoint": entry(
    "Microsoft.Insights/dataCollectionEndpoints",
    "2022-06-01",
    "dataCollectionEndpointName",
  ),
  "monitor:DataCollectionRule": entry("Microsoft.Insights/dataCollectionRules", "2022-06-01", "dataCollectionRuleName"),
  "monitor:DataCollectionRuleAssociation": elsewhere(
    "Microsoft.Insights/dataCollectionRuleAssociations",
    "2022-06-01",
    "associationName",
    ["resourceUri"],
  ),
  "monitor:DiagnosticSetting": elsewhere("Microsoft.Insights/diagnosticSettings", "2021-05-01-preview", "name", [
    "resourceUri",
  ]),
  "network:BastionHost": entry("Microsoft.Network/bastionHosts", NETWORK, "bastionHostName"),
  "network:NatGateway": entry("Microsoft.Network/natGateways", NETWORK, "natGatewayName"),
  "network:NetworkInterface": entry("Microsoft.Network/networkInterfaces", NETWORK, "networkInterfaceName"),
  "network:NetworkSecurityGroup": entry("Microsoft.Network/networkSecurityGroups", NETWORK, "networkSecurityGroupName"),
  "network:PrivateDnsZoneGroup": entry(
    "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
    NETWORK,
    "privateDnsZoneGroupName",
    { at: ["privateEndpointName"] },
  ),
  "network:PrivateEndpoint": entry("Microsoft.Network/privateEndpoints", NETWORK, "privateEndpointName"),
  "network:PublicIPAddress": entry("Microsoft.Network/publicIPAddresses", NETWORK, "publicIpAddressName"),
  "network:Subnet": entry("Microsoft.Network/virtualNetworks/subnets", NETWORK, "subnetName", {
    at: ["virtualNetworkName"],
  }),
  "network:VirtualNetwork": entry("Microsoft.Network/virtualNetworks", NETWORK, "virtualNetworkName"),
  "network:VirtualNetworkPeering": entry(
    "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
    NETWORK,
    "virtualNetworkPeeringName",
    { at: ["virtualNetworkName"] },
  ),
  "operationalinsights:Workspace": entry("Microsoft.OperationalInsights/workspaces", "2023-09-01", "workspaceName"),
  "privatedns:PrivateZone": entry("Microsoft.Network/privateDnsZones", "2024-06-01", "privateZoneName"),
  "privatedns:VirtualNetworkLink": entry(
    "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    "2024-06-01",
    "virtualNetworkLinkName",
    { at: ["privateZoneName"] },
  ),
  "resources:ResourceGroup": elsewhere("Microsoft.Resources/resourceGroups", "2024-03-01", "resourceGroupName", []),
  "security:Pricing": elsewhere("Microsoft.Security/pricings", "2024-01-01", "pricingName", ["scopeId"]),
  "storage:BlobContainer": entry(
    "Microsoft.Storage/storageAccounts/blobServices/containers",
    "2024-01-01",
    "containerName",
    { at: ["accountName"] },
  ),
  "storage:StorageAccount": entry("Microsoft.Storage/storageAccounts", "2024-01-01", "accountName"),
};
