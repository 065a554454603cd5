import { entryOf, keyOf } from "./tokens";

/**
 * Flags of the data do not say what may change: 4 is "write-only" (Azure takes it and does not answer it), and 8, "deploy-time
 * constant", says that Bicep must know the value when a deployment begins; only id, name, type and apiVersion have it.
 * Source: github.com/Azure/bicep-types, src/bicep-types/src/types.ts. So the lists below are written down, by input of azure-native.
 */

const FORCE_NEW = "pulumi/pulumi-azure-native, provider/pkg/gen/replacement.go, forceNewMap";
const LOCATION = "azure-rest-api-specs, common-types TrackedResource: location is x-ms-mutability create and read";

/** Properties and where it is said what happens when they change. */
export interface Immutable {
  readonly properties: readonly string[];
  readonly source: string;
}

const NETWORK_PROFILE = [
  "serviceCidr",
  "serviceCidrs",
  "dnsServiceIP",
  "networkMode",
  "networkPlugin",
  "networkPluginMode",
  "podCidr",
  "networkDataplane",
  "networkPolicy",
  "outboundType",
].map((name) => `networkProfile.${name}`);

/** Properties whose change azure-native plans as a replacement, besides name and address. */
export const REPLACED: Readonly<Record<string, readonly Immutable[]>> = {
  "authorization:RoleAssignment": [{ properties: ["principalId", "scope"], source: FORCE_NEW }],
  "containerservice:AgentPool": [
    { properties: ["vmSize", "gpuInstanceProfile", "networkProfile.nodePublicIPTags"], source: FORCE_NEW },
  ],
  "containerservice:ManagedCluster": [
    {
      properties: [
        "diskEncryptionSetID",
        "dnsPrefix",
        "fqdnSubdomain",
        "linuxProfile",
        "location",
        "nodeResourceGroup",
        "windowsProfile",
        "agentPoolProfiles[].networkProfile.nodePublicIPTags",
      ],
      source: FORCE_NEW,
    },
    { properties: NETWORK_PROFILE, source: `${FORCE_NEW}; pulumi-azure-native#4756 for what is not in it` },
  ],
  "network:PrivateEndpoint": [{ properties: ["subnet"], source: `${FORCE_NEW}; pulumi-azure-native#3883` }],
  "network:PublicIPAddress": [
    { properties: ["location", "publicIPAddressVersion", "publicIPPrefix", "sku"], source: FORCE_NEW },
  ],
  "network:VirtualNetwork": [{ properties: ["location"], source: FORCE_NEW }],
  "resources:ResourceGroup": [{ properties: ["location"], source: FORCE_NEW }],
  "storage:StorageAccount": [{ properties: ["isHnsEnabled", "location"], source: FORCE_NEW }],
};

// Their specifications use the common TrackedResource or the like of it.
const TRACKED = [
  "alertsmanagement:PrometheusRuleGroup",
  "applicationinsights:Component",
  "compute:VirtualMachine",
  "containerregistry:Registry",
  "dataprotection:BackupVault",
  "dns:Zone",
  "keyvault:Vault",
  "logic:Workflow",
  "managedidentity:UserAssignedIdentity",
  "monitor:ActionGroup",
  "monitor:AzureMonitorWorkspace",
  "monitor:DataCollectionEndpoint",
  "monitor:DataCollectionRule",
  "operationalinsights:Workspace",
  "privatedns:PrivateZone",
  "privatedns:VirtualNetworkLink",
];

const POOLS =
  "learn.microsoft.com/azure/aks/manage-node-pools#limitations; AKS answers PropertyChangeNotAllowed (pulumi-azure-native#959)";
const INVALID_LOCATION =
  "learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors: InvalidResourceLocation";
const AZURERM = "registry.terraform.io/providers/hashicorp/azurerm: changing this forces a new resource";
const POOL = [
  "availabilityZones",
  "maxPods",
  "osDiskSizeGB",
  "osDiskType",
  "osType",
  "scaleSetPriority",
  "vnetSubnetID",
];

/** Properties whose change azure-native plans as an update and Azure refuses: the program must ask for the replacement itself. */
export const REFUSED: Readonly<Record<string, readonly Immutable[]>> = {
  "compute:VirtualMachine": [
    {
      properties: [
        "osProfile.adminUsername",
        "osProfile.computerName",
        "osProfile.customData",
        "osProfile.linuxConfiguration.ssh",
        "storageProfile.imageReference",
        "zones",
      ],
      source: "learn.microsoft.com/azure/virtual-machines: PropertyChangeNotAllowed",
    },
  ],
  "containerservice:AgentPool": [{ properties: POOL, source: POOLS }],
  "containerservice:ManagedCluster": [
    { properties: ["vmSize", ...POOL].map((name) => `agentPoolProfiles[].${name}`), source: POOLS },
    {
      properties: ["apiServerAccessProfile.enablePrivateCluster", "apiServerAccessProfile.privateDNSZone"],
      source: "learn.microsoft.com/azure/aks/private-clusters: limitations",
    },
  ],
  "dataprotection:BackupInstance": [{ properties: ["properties.dataSourceInfo"], source: AZURERM }],
  "kubernetesconfiguration:Extension": [{ properties: ["extensionType", "scope"], source: AZURERM }],
  "kubernetesconfiguration:FluxConfiguration": [{ properties: ["namespace", "scope"], source: AZURERM }],
  "network:BastionHost": [{ properties: ["ipConfigurations", "location"], source: AZURERM }],
  "network:NatGateway": [{ properties: ["location", "zones"], source: AZURERM }],
  "network:NetworkInterface": [{ properties: ["location"], source: INVALID_LOCATION }],
  "network:NetworkSecurityGroup": [{ properties: ["location"], source: INVALID_LOCATION }],
  "network:PrivateEndpoint": [{ properties: ["location"], source: INVALID_LOCATION }],
  "network:PublicIPAddress": [{ properties: ["zones"], source: AZURERM }],
  "network:VirtualNetworkPeering": [{ properties: ["remoteVirtualNetwork"], source: AZURERM }],
  "privatedns:VirtualNetworkLink": [{ properties: ["virtualNetwork"], source: AZURERM }],
};

/**
 * Paths of the inputs whose change azure-native plans as a replacement, without indexes: `agentPoolProfiles[].vmSize`.
 * Name and address are among them: every path parameter is part of the id (pulumi-azure-native, provider/pkg/gen/schema.go).
 */
export function replacementProperties(token: string): readonly string[] {
  const entry = entryOf(token);
  if (!entry) return [];
  const key = keyOf(token);
  const listed = (REPLACED[key] ?? []).flatMap(({ properties }) => properties);
  const location = TRACKED.includes(key) ? ["location"] : [];
  return [...new Set([...entry.address, entry.name, ...listed, ...location])];
}

/** Paths of the inputs whose change azure-native plans as an update that Azure refuses, in the form of {@link replacementProperties}. */
export function refusedChanges(token: string): readonly string[] {
  return (REFUSED[keyOf(token)] ?? []).flatMap(({ properties }) => properties);
}

/** Where it is said that a change of one of these inputs makes another resource. */
export function replacementSources(token: string): readonly string[] {
  const key = keyOf(token);
  const listed = (REPLACED[key] ?? []).map(({ source }) => source);
  return TRACKED.includes(key) ? [...listed, LOCATION] : listed;
}
