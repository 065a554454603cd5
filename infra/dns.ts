import { Zone, ZoneType } from "@pulumi/azure-native/dns";
import { type Context, holdsData, tagsOf } from "./context";
import type { Groups } from "./groups";

/** Creates the public DNS zone. A new zone has other name servers, so the domain's registration would point nowhere: it is protected. */
export function publicZone({ fleet, settings }: Context, groups: Groups): Zone {
  return new Zone(
    fleet.domain,
    {
      zoneName: fleet.domain,
      resourceGroupName: groups.common.name,
      location: "global",
      zoneType: ZoneType.Public,
      tags: tagsOf(fleet),
    },
    holdsData(settings),
  );
}
