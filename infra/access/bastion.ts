import { BastionHost, BastionHostSkuName, IPAllocationMethod } from "@pulumi/azure-native/network";
import { azureName, SUBNETS } from "../../clusters/fleet";
import { type Context, tagsOf } from "../context";
import { type Groups, of } from "../groups";
import { type Networks, subnetId } from "../network/network";
import { hubOf } from "../network/plan";
import { publicAddress } from "./public-address";

/** The Bastion, if the fleet has one. Tunnels for the command line take the Standard kind; Basic has the portal's terminal only. */
export function bastion(context: Context, groups: Groups, networks: Networks): BastionHost | undefined {
  const { fleet } = context;
  const hub = hubOf(fleet);
  if (!hub.network.bastion) return undefined;
  const name = azureName.bastion(fleet);
  const address = publicAddress(context, groups, hub, "bastion", hub.zones);
  return new BastionHost(name, {
    bastionHostName: name,
    resourceGroupName: groups.common.name,
    location: fleet.region,
    sku: { name: BastionHostSkuName.Standard },
    scaleUnits: 2,
    enableTunneling: true,
    ipConfigurations: [
      {
        name: "bastion",
        privateIPAllocationMethod: IPAllocationMethod.Dynamic,
        publicIPAddress: { id: address.id },
        subnet: { id: subnetId(of(networks.vnets, hub), SUBNETS.bastion) },
      },
    ],
    tags: tagsOf(fleet, hub),
  });
}
