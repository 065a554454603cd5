import {
  NatGateway,
  NatGatewaySkuName,
  NetworkSecurityGroup,
  VirtualNetwork,
  VirtualNetworkPeering,
  VirtualNetworkPrivateEndpointNetworkPolicies,
} from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { azureName, type Cluster, type Fleet } from "../../clusters/fleet";
import { publicAddress } from "../access/public-address";
import { type Context, tagsOf } from "../context";
import { type Groups, of } from "../groups";
import { peeringsOf, type SubnetPlan, subnetsOf } from "./plan";
import type { SecurityRule } from "./rules";

/** The networks of a fleet, by cluster. */
export interface Networks {
  readonly vnets: Readonly<Record<string, VirtualNetwork>>;
  readonly peerings: readonly VirtualNetworkPeering[];
}

/** Creates a network for each cluster, and peers them. They lie in the common group, so that a cluster can be rebuilt in its place. */
export function networks(context: Context, groups: Groups): Networks {
  const { fleet } = context;
  const vnets = Object.fromEntries(fleet.clusters.map((cluster) => [cluster.name, network(context, groups, cluster)]));
  const peerings = peeringsOf(fleet).map(
    ({ name, from, to }) =>
      new VirtualNetworkPeering(
        name,
        {
          resourceGroupName: groups.common.name,
          virtualNetworkName: of(vnets, { name: from }).name,
          virtualNetworkPeeringName: name,
          remoteVirtualNetwork: { id: of(vnets, { name: to }).id },
          allowVirtualNetworkAccess: true,
          allowForwardedTraffic: false,
          allowGatewayTransit: false,
          useRemoteGateways: false,
        },
        { parent: of(vnets, { name: from }) },
      ),
  );
  return { vnets, peerings };
}

/** Id of a subnet; subnets are inline, since separate ones collide with the network's own updates. */
export function subnetId(vnet: VirtualNetwork, subnet: string): pulumi.Output<string> {
  return pulumi.interpolate`${vnet.id}/subnets/${subnet}`;
}

function network(context: Context, groups: Groups, cluster: Cluster): VirtualNetwork {
  const { fleet } = context;
  const name = azureName.vnet(fleet, cluster.name);
  const tags = tagsOf(fleet, cluster);
  const plans = subnetsOf(fleet, cluster);
  const exit = plans.some(({ nat }) => nat) ? natGateway(context, groups, cluster) : undefined;
  return new VirtualNetwork(name, {
    virtualNetworkName: name,
    resourceGroupName: groups.common.name,
    location: fleet.region,
    addressSpace: { addressPrefixes: [cluster.network.vnet] },
    subnets: plans.map((plan) => ({
      name: plan.name,
      addressPrefix: plan.range,
      networkSecurityGroup: { id: securityGroup(fleet, groups, plan, tags).id },
      natGateway: plan.nat && exit ? { id: exit.id } : undefined,
      defaultOutboundAccess: false,
      privateEndpointNetworkPolicies: VirtualNetworkPrivateEndpointNetworkPolicies.NetworkSecurityGroupEnabled,
    })),
    tags,
  });
}

function securityGroup(
  fleet: Fleet,
  groups: Groups,
  plan: SubnetPlan,
  tags: Record<string, string>,
): NetworkSecurityGroup {
  return new NetworkSecurityGroup(plan.securityGroup, {
    networkSecurityGroupName: plan.securityGroup,
    resourceGroupName: groups.common.name,
    location: fleet.region,
    securityRules: plan.rules.map(securityRule),
    tags,
  });
}

/** A rule in Azure's words: one value stands in the singular property, several in the plural one. */
export function securityRule({ from, to, ports, ...rule }: SecurityRule) {
  return {
    ...rule,
    sourcePortRange: "*",
    ...(from.length === 1 ? { sourceAddressPrefix: from[0] } : { sourceAddressPrefixes: [...from] }),
    ...(to.length === 1 ? { destinationAddressPrefix: to[0] } : { destinationAddressPrefixes: [...to] }),
    ...(ports.length === 1 ? { destinationPortRange: ports[0] } : { destinationPortRanges: [...ports] }),
  };
}

function natGateway(context: Context, groups: Groups, cluster: Cluster): NatGateway {
  const { fleet } = context;
  const name = azureName.natGateway(fleet, "jump-host");
  const zones = cluster.zones.slice(0, 1);
  const address = publicAddress(context, groups, cluster, "jump-host-egress", zones);
  return new NatGateway(name, {
    natGatewayName: name,
    resourceGroupName: groups.common.name,
    location: fleet.region,
    sku: { name: NatGatewaySkuName.Standard },
    publicIpAddresses: [{ id: address.id }],
    idleTimeoutInMinutes: 4,
    // A Standard NAT gateway stands in one zone, or where Azure likes. Source: learn.microsoft.com/azure/nat-gateway/nat-availability-zones.
    ...(zones.length > 0 ? { zones: [...zones] } : {}),
    tags: tagsOf(fleet, cluster),
  });
}
