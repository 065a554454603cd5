import { COMMON, id, resource } from "./resource";

const VNET = id("Microsoft.Network/virtualNetworks", "vnet-mgmt");

const rule = (name: string, direction: string, priority: number, ends: Record<string, unknown>) => ({
  name,
  description: `rule ${name}`,
  direction,
  priority,
  access: "Allow",
  protocol: "Tcp",
  sourcePortRange: "*",
  ...ends,
});

const between = (from: string, to: string, ports: Record<string, unknown>) => ({
  sourceAddressPrefix: from,
  destinationAddressPrefix: to,
  ...ports,
});

const HOSTS = { destinationPortRanges: ["8080", "5701"] };
const HTTPS = { destinationPortRange: "443" };

/** Resources of the network that Azure takes. */
export const NETWORK = {
  group: resource("resources:ResourceGroup", "rg-common", COMMON),
  securityGroup: resource("network:NetworkSecurityGroup", "nsg-bastion", {
    ...COMMON,
    networkSecurityGroupName: "nsg-bastion",
    securityRules: [
      rule("https", "Inbound", 120, between("Internet", "*", HTTPS)),
      rule("gateway-manager", "Inbound", 130, between("GatewayManager", "*", HTTPS)),
      rule("load-balancer", "Inbound", 140, between("AzureLoadBalancer", "*", HTTPS)),
      rule("hosts-in", "Inbound", 150, between("VirtualNetwork", "VirtualNetwork", HOSTS)),
      rule("ssh-rdp", "Outbound", 100, between("*", "VirtualNetwork", { destinationPortRanges: ["22", "3389"] })),
      rule("azure", "Outbound", 110, between("*", "AzureCloud", HTTPS)),
      rule("hosts-out", "Outbound", 120, between("VirtualNetwork", "VirtualNetwork", HOSTS)),
      rule("session", "Outbound", 130, between("*", "Internet", { destinationPortRange: "80" })),
    ],
  }),
  vnet: resource("network:VirtualNetwork", "vnet-mgmt", {
    ...COMMON,
    virtualNetworkName: "vnet-mgmt",
    addressSpace: { addressPrefixes: ["10.1.0.0/16"] },
    subnets: [
      {
        name: "snet-nodes",
        addressPrefix: "10.1.0.0/20",
        networkSecurityGroup: { id: id("Microsoft.Network/networkSecurityGroups", "nsg-nodes") },
        privateEndpointNetworkPolicies: "NetworkSecurityGroupEnabled",
        defaultOutboundAccess: false,
      },
      {
        name: "AzureBastionSubnet",
        addressPrefix: "10.1.100.0/26",
        networkSecurityGroup: { id: id("Microsoft.Network/networkSecurityGroups", "nsg-bastion") },
      },
      {
        name: "snet-jump-host",
        addressPrefix: "10.1.101.0/28",
        natGateway: { id: id("Microsoft.Network/natGateways", "ng-jump-host") },
      },
    ],
  }),
  subnet: resource("network:Subnet", "snet-endpoints", {
    resourceGroupName: "rg-common",
    virtualNetworkName: "vnet-mgmt",
    subnetName: "snet-endpoints",
    addressPrefix: "10.1.102.0/28",
  }),
  otherVnet: resource("network:VirtualNetwork", "vnet-app1", {
    ...COMMON,
    virtualNetworkName: "vnet-app1",
    addressSpace: { addressPrefixes: ["10.2.0.0/16"] },
    subnets: [{ name: "snet-nodes", addressPrefix: "10.2.0.0/20" }],
  }),
  peering: resource("network:VirtualNetworkPeering", "peer-mgmt-app1", {
    resourceGroupName: "rg-common",
    virtualNetworkName: "vnet-mgmt",
    virtualNetworkPeeringName: "peer-mgmt-app1",
    remoteVirtualNetwork: { id: id("Microsoft.Network/virtualNetworks", "vnet-app1") },
    allowVirtualNetworkAccess: true,
    allowForwardedTraffic: false,
  }),
  address: resource("network:PublicIPAddress", "pip-bastion", {
    ...COMMON,
    publicIpAddressName: "pip-bastion",
    sku: { name: "Standard", tier: "Regional" },
    publicIPAllocationMethod: "Static",
    publicIPAddressVersion: "IPv4",
    zones: ["1", "2", "3"],
  }),
  bastion: resource("network:BastionHost", "bas-mgmt", {
    ...COMMON,
    bastionHostName: "bas-mgmt",
    sku: { name: "Standard" },
    enableTunneling: true,
    scaleUnits: 2,
    ipConfigurations: [
      {
        name: "bastion",
        subnet: { id: `${VNET}/subnets/AzureBastionSubnet` },
        publicIPAddress: { id: id("Microsoft.Network/publicIPAddresses", "pip-bastion") },
        privateIPAllocationMethod: "Dynamic",
      },
    ],
  }),
  natGateway: resource("network:NatGateway", "ng-jump-host", {
    ...COMMON,
    natGatewayName: "ng-jump-host",
    sku: { name: "Standard" },
    idleTimeoutInMinutes: 4,
    publicIpAddresses: [{ id: id("Microsoft.Network/publicIPAddresses", "pip-egress") }],
    zones: ["1"],
  }),
  card: resource("network:NetworkInterface", "nic-jump-host", {
    ...COMMON,
    networkInterfaceName: "nic-jump-host",
    ipConfigurations: [
      {
        name: "internal",
        primary: true,
        subnet: { id: `${VNET}/subnets/snet-jump-host` },
        privateIPAllocationMethod: "Dynamic",
        privateIPAddressVersion: "IPv4",
      },
    ],
  }),
  endpoint: resource("network:PrivateEndpoint", "pe-key-vault", {
    ...COMMON,
    privateEndpointName: "pe-key-vault",
    subnet: { id: `${VNET}/subnets/snet-nodes` },
    privateLinkServiceConnections: [
      {
        name: "key-vault",
        groupIds: ["vault"],
        privateLinkServiceId: id("Microsoft.KeyVault/vaults", "kv-k8s-demo-7f3a"),
      },
    ],
  }),
  zoneGroup: resource("network:PrivateDnsZoneGroup", "default", {
    resourceGroupName: "rg-common",
    privateEndpointName: "pe-key-vault",
    privateDnsZoneGroupName: "default",
    privateDnsZoneConfigs: [
      {
        name: "key-vault",
        privateDnsZoneId: id("Microsoft.Network/privateDnsZones", "privatelink.vaultcore.azure.net"),
      },
    ],
  }),
  privateZone: resource("privatedns:PrivateZone", "api-servers", {
    ...COMMON,
    location: "global",
    privateZoneName: "privatelink.koreacentral.azmk8s.io",
  }),
  link: resource("privatedns:VirtualNetworkLink", "link-mgmt", {
    ...COMMON,
    location: "global",
    privateZoneName: "privatelink.koreacentral.azmk8s.io",
    virtualNetworkLinkName: "link-mgmt",
    virtualNetwork: { id: VNET },
    registrationEnabled: false,
    resolutionPolicy: "Default",
  }),
  zone: resource("dns:Zone", "example.com", {
    ...COMMON,
    location: "global",
    zoneName: "example.com",
    zoneType: "Public",
  }),
};
