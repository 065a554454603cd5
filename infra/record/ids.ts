import { createHash } from "node:crypto";

type Inputs = Readonly<Record<string, unknown>>;

/**
 * ARM type of each resource type in use, and the inputs that name it, outermost first.
 * Source: the path of each type in learn.microsoft.com/azure/templates.
 */
export const ARM_TYPES: Readonly<Record<string, { readonly type: string; readonly names: readonly string[] }>> = {
  "alertsmanagement:PrometheusRuleGroup": {
    type: "Microsoft.AlertsManagement/prometheusRuleGroups",
    names: ["ruleGroupName"],
  },
  "applicationinsights:Component": { type: "Microsoft.Insights/components", names: ["resourceName"] },
  "authorization:RoleAssignment": { type: "Microsoft.Authorization/roleAssignments", names: ["roleAssignmentName"] },
  "authorization:RoleDefinition": { type: "Microsoft.Authorization/roleDefinitions", names: ["roleDefinitionId"] },
  "compute:VirtualMachine": { type: "Microsoft.Compute/virtualMachines", names: ["vmName"] },
  "compute:VirtualMachineExtension": {
    type: "Microsoft.Compute/virtualMachines/extensions",
    names: ["vmName", "vmExtensionName"],
  },
  "consumption:Budget": { type: "Microsoft.Consumption/budgets", names: ["budgetName"] },
  "containerregistry:Registry": { type: "Microsoft.ContainerRegistry/registries", names: ["registryName"] },
  "containerservice:AgentPool": {
    type: "Microsoft.ContainerService/managedClusters/agentPools",
    names: ["resourceName", "agentPoolName"],
  },
  "containerservice:MaintenanceConfiguration": {
    type: "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
    names: ["resourceName", "configName"],
  },
  "containerservice:ManagedCluster": { type: "Microsoft.ContainerService/managedClusters", names: ["resourceName"] },
  "containerservice:TrustedAccessRoleBinding": {
    type: "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings",
    names: ["resourceName", "trustedAccessRoleBindingName"],
  },
  "dataprotection:BackupInstance": {
    type: "Microsoft.DataProtection/backupVaults/backupInstances",
    names: ["vaultName", "backupInstanceName"],
  },
  "dataprotection:BackupPolicy": {
    type: "Microsoft.DataProtection/backupVaults/backupPolicies",
    names: ["vaultName", "backupPolicyName"],
  },
  "dataprotection:BackupVault": { type: "Microsoft.DataProtection/backupVaults", names: ["vaultName"] },
  "dns:Zone": { type: "Microsoft.Network/dnsZones", names: ["zoneName"] },
  "keyvault:Vault": { type: "Microsoft.KeyVault/vaults", names: ["vaultName"] },
  "kubernetesconfiguration:Extension": {
    type: "Microsoft.KubernetesConfiguration/extensions",
    names: ["extensionName"],
  },
  "kubernetesconfiguration:FluxConfiguration": {
    type: "Microsoft.KubernetesConfiguration/fluxConfigurations",
    names: ["fluxConfigurationName"],
  },
  "logic:Workflow": { type: "Microsoft.Logic/workflows", names: ["workflowName"] },
  "managedidentity:FederatedIdentityCredential": {
    type: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
    names: ["resourceName", "federatedIdentityCredentialResourceName"],
  },
  "managedidentity:UserAssignedIdentity": {
    type: "Microsoft.ManagedIdentity/userAssignedIdentities",
    names: ["resourceName"],
  },
  "monitor:ActionGroup": { type: "Microsoft.Insights/actionGroups", names: ["actionGroupName"] },
  "monitor:AzureMonitorWorkspace": { type: "Microsoft.Monitor/accounts", names: ["azureMonitorWorkspaceName"] },
  "monitor:DataCollectionEndpoint": {
    type: "Microsoft.Insights/dataCollectionEndpoints",
    names: ["dataCollectionEndpointName"],
  },
  "monitor:DataCollectionRule": { type: "Microsoft.Insights/dataCollectionRules", names: ["dataCollectionRuleName"] },
  "monitor:DataCollectionRuleAssociation": {
    type: "Microsoft.Insights/dataCollectionRuleAssociations",
    names: ["associationName"],
  },
  "monitor:DiagnosticSetting": { type: "Microsoft.Insights/diagnosticSettings", names: ["name"] },
  "network:BastionHost": { type: "Microsoft.Network/bastionHosts", names: ["bastionHostName"] },
  "network:NatGateway": { type: "Microsoft.Network/natGateways", names: ["natGatewayName"] },
  "network:NetworkInterface": { type: "Microsoft.Network/networkInterfaces", names: ["networkInterfaceName"] },
  "network:NetworkSecurityGroup": {
    type: "Microsoft.Network/networkSecurityGroups",
    names: ["networkSecurityGroupName"],
  },
  "network:PrivateDnsZoneGroup": {
    type: "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
    names: ["privateEndpointName", "privateDnsZoneGroupName"],
  },
  "network:PrivateEndpoint": { type: "Microsoft.Network/privateEndpoints", names: ["privateEndpointName"] },
  "network:PublicIPAddress": { type: "Microsoft.Network/publicIPAddresses", names: ["publicIpAddressName"] },
  "network:VirtualNetwork": { type: "Microsoft.Network/virtualNetworks", names: ["virtualNetworkName"] },
  "network:VirtualNetworkPeering": {
    type: "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
    names: ["virtualNetworkName", "virtualNetworkPeeringName"],
  },
  "operationalinsights:Workspace": { type: "Microsoft.OperationalInsights/workspaces", names: ["workspaceName"] },
  "privatedns:PrivateZone": { type: "Microsoft.Network/privateDnsZones", names: ["privateZoneName"] },
  "privatedns:VirtualNetworkLink": {
    type: "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    names: ["privateZoneName", "virtualNetworkLinkName"],
  },
  "resources:ResourceGroup": { type: "Microsoft.Resources/resourceGroups", names: ["resourceGroupName"] },
  "security:Pricing": { type: "Microsoft.Security/pricings", names: ["pricingName"] },
  "storage:BlobContainer": {
    type: "Microsoft.Storage/storageAccounts/blobServices/containers",
    names: ["accountName", "default", "containerName"],
  },
  "storage:StorageAccount": { type: "Microsoft.Storage/storageAccounts", names: ["accountName"] },
};

/** The id that ARM would give a resource with these inputs. */
export function armId(token: string, inputs: Inputs, subscription: string, name: string): string {
  const known = ARM_TYPES[token.replace(/^azure-native:/, "")];
  if (!known) throw new Error(`record/ids.ts does not know ${token}; add its ARM type and the inputs that name it`);
  const [provider, ...kinds] = known.type.split("/");
  // What is not named by its inputs is named by a GUID.
  const names = known.names.map((input) => (input === "default" ? input : String(inputs[input] ?? guidOf(name))));
  const root = `/subscriptions/${subscription}`;
  if (token.endsWith(":ResourceGroup")) return `${root}/resourceGroups/${names[0]}`;
  return `${scopeOf(inputs, root)}/providers/${provider}/${kinds.map((kind, index) => `${kind}/${names[index]}`).join("/")}`;
}

/** What a resource is created on: another resource, a group, or the subscription. */
function scopeOf(inputs: Inputs, subscription: string): string {
  const target = inputs["resourceUri"] ?? inputs["scope"];
  if (typeof target === "string" && target.startsWith("/")) return target;
  const group = inputs["resourceGroupName"];
  if (group === undefined) return subscription;
  const scope = `${subscription}/resourceGroups/${group}`;
  if (inputs["clusterRp"] === undefined) return scope;
  return `${scope}/providers/${inputs["clusterRp"]}/${inputs["clusterResourceName"]}/${inputs["clusterName"]}`;
}

/** A GUID that follows from a text, so that recordings are equal from run to run. */
export function guidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
