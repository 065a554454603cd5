import { PrivateZone, VirtualNetworkLink } from "@pulumi/azure-native/privatedns";
import { azureName, type Fleet } from "../../clusters/fleet";
import { type Context, tagsOf } from "../context";
import { type Groups, of } from "../groups";
import type { Networks } from "./network";

/**
 * What is reached by a private address, and the zone that holds its name.
 * Source: learn.microsoft.com/azure/private-link/private-endpoint-dns; of the API servers: learn.microsoft.com/azure/aks/private-clusters.
 */
export type PrivateService = "api-server" | "key-vault" | "blob" | "registry";

/** A private zone that every network of the fleet resolves. */
export interface LinkedZone {
  readonly zone: PrivateZone;
  readonly links: readonly VirtualNetworkLink[];
}

/** The services that a fleet reaches privately, with their zones. A registry's private endpoint takes the Premium kind. */
export function privateZonesOf(fleet: Fleet): ReadonlyMap<PrivateService, string> {
  const zones = new Map<PrivateService, string>();
  if (fleet.api.access === "private") zones.set("api-server", `privatelink.${fleet.region}.azmk8s.io`);
  zones.set("key-vault", "privatelink.vaultcore.azure.net");
  zones.set("blob", "privatelink.blob.core.windows.net");
  if (fleet.registry.sku === "Premium") zones.set("registry", "privatelink.azurecr.io");
  return zones;
}

/** Creates the private zones, and links each to every network. */
export function privateZones(
  { fleet }: Context,
  groups: Groups,
  networks: Networks,
): ReadonlyMap<PrivateService, LinkedZone> {
  const created = [...privateZonesOf(fleet)].map(([service, name]): [PrivateService, LinkedZone] => {
    // Private zones have no region of their own.
    const zone = new PrivateZone(name, {
      privateZoneName: name,
      resourceGroupName: groups.common.name,
      location: "global",
      tags: tagsOf(fleet),
    });
    const links = fleet.clusters.map((cluster) => {
      const link = azureName.vnetLink(fleet, cluster.name);
      return new VirtualNetworkLink(
        `${service}-${link}`,
        {
          virtualNetworkLinkName: link,
          privateZoneName: zone.name,
          resourceGroupName: groups.common.name,
          location: "global",
          registrationEnabled: false,
          virtualNetwork: { id: of(networks.vnets, cluster).id },
          tags: tagsOf(fleet, cluster),
        },
        { parent: zone },
      );
    });
    return [service, { zone, links }];
  });
  return new Map(created);
}
