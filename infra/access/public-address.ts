import { IPAllocationMethod, IPVersion, PublicIPAddress, PublicIPAddressSkuName } from "@pulumi/azure-native/network";
import { azureName, type Cluster } from "../../clusters/fleet";
import { type Context, tagsOf } from "../context";
import type { Groups } from "../groups";

/** A static public address of the Standard kind, which is what Bastion and NAT gateway take. */
export function publicAddress(
  { fleet }: Context,
  groups: Groups,
  cluster: Cluster,
  use: string,
  zones: readonly string[],
): PublicIPAddress {
  const name = azureName.publicAddress(fleet, use);
  return new PublicIPAddress(name, {
    publicIpAddressName: name,
    resourceGroupName: groups.common.name,
    location: fleet.region,
    sku: { name: PublicIPAddressSkuName.Standard },
    publicIPAllocationMethod: IPAllocationMethod.Static,
    publicIPAddressVersion: IPVersion.IPv4,
    ...(zones.length > 0 ? { zones: [...zones] } : {}),
    tags: tagsOf(fleet, cluster),
  });
}
