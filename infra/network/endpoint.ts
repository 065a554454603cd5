import { PrivateDnsZoneGroup, PrivateEndpoint } from "@pulumi/azure-native/network";
import type * as pulumi from "@pulumi/pulumi";
import { azureName, SUBNETS } from "../../clusters/fleet";
import { type Context, tagsOf } from "../context";
import { type Groups, of } from "../groups";
import { type Networks, subnetId } from "./network";
import { hubOf } from "./plan";
import type { LinkedZone } from "./private-dns";

/** What a private endpoint leads to. */
export interface EndpointTarget {
  readonly service: string;
  /** Sub-resource of the service, as Azure calls it. Source: learn.microsoft.com/azure/private-link/private-endpoint-overview. */
  readonly groupId: string;
  readonly id: pulumi.Input<string>;
  readonly zone: LinkedZone;
}

/** One private endpoint in the hub's node subnet, which every network reaches by its peering and finds by its linked zone. */
export function privateEndpoint(
  { fleet }: Context,
  groups: Groups,
  networks: Networks,
  target: EndpointTarget,
): PrivateDnsZoneGroup {
  const name = azureName.privateEndpoint(fleet, target.service);
  const endpoint = new PrivateEndpoint(name, {
    privateEndpointName: name,
    resourceGroupName: groups.common.name,
    location: fleet.region,
    subnet: { id: subnetId(of(networks.vnets, hubOf(fleet)), SUBNETS.nodes) },
    customNetworkInterfaceName: `${name}-nic`,
    privateLinkServiceConnections: [
      { name: target.service, privateLinkServiceId: target.id, groupIds: [target.groupId] },
    ],
    tags: tagsOf(fleet),
  });
  return new PrivateDnsZoneGroup(
    name,
    {
      privateDnsZoneGroupName: "default",
      privateEndpointName: endpoint.name,
      resourceGroupName: groups.common.name,
      privateDnsZoneConfigs: [{ name: target.service, privateDnsZoneId: target.zone.zone.id }],
    },
    { parent: endpoint, dependsOn: [...target.zone.links] },
  );
}
