import {
  DefaultAction,
  NetworkRuleBypassOptions,
  PublicNetworkAccess,
  Registry,
  SkuName,
  ZoneRedundancy,
} from "@pulumi/azure-native/containerregistry";
import type { Fleet } from "../clusters/fleet";
import { type Context, holdsData, tagsOf } from "./context";
import type { Groups } from "./groups";

/** What depends on the registry's kind: only Premium has private endpoints, network rules and zones in this version of Azure's API. */
export function registryAccess(fleet: Fleet) {
  if (fleet.registry.sku !== "Premium") return { publicNetworkAccess: PublicNetworkAccess.Enabled };
  return {
    publicNetworkAccess: PublicNetworkAccess.Disabled,
    networkRuleSet: { defaultAction: DefaultAction.Deny },
    // Defender scans images from outside the network.
    networkRuleBypassOptions: NetworkRuleBypassOptions.AzureServices,
    zoneRedundancy: fleet.clusters.some(({ zones }) => zones.length > 0)
      ? ZoneRedundancy.Enabled
      : ZoneRedundancy.Disabled,
  };
}

/** Creates the container registry, for identities only: no administrator's password, no anonymous pull. */
export function registry({ fleet, settings }: Context, groups: Groups): Registry {
  return new Registry(
    fleet.registry.name,
    {
      registryName: fleet.registry.name,
      resourceGroupName: groups.common.name,
      location: fleet.region,
      sku: { name: SkuName[fleet.registry.sku] },
      adminUserEnabled: false,
      anonymousPullEnabled: false,
      ...registryAccess(fleet),
      tags: tagsOf(fleet),
    },
    holdsData(settings),
  );
}
