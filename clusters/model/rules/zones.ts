import { REGIONS } from "../azure";
import { either, show } from "../wording";
import { clusters, placed, type Rule, repeated } from "./rule";

/** A region has the zones it has. Source: learn.microsoft.com/azure/reliability/availability-zones-region-support. */
const zonesExist: Rule = (fleet) => {
  const { region } = fleet;
  if (!region) return [];
  const known: readonly string[] = REGIONS[region].zones;
  return clusters(fleet).flatMap(({ value, at }) =>
    placed(value.zones, [...at, "zones"])
      .filter((zone) => !known.includes(zone.value))
      .map((zone) => ({
        at: zone.at,
        reason: `${show(zone.value)} is not a zone of ${region}, which has ${known.length ? either(known) : "none"}`,
        fix: known.length
          ? `write ${either(known.map(show))}, or choose another region`
          : "write zones: [], or choose another region",
      })),
  );
};

/** Each zone is listed once. */
const zonesDiffer: Rule = (fleet) =>
  clusters(fleet).flatMap(({ value, at }) =>
    repeated(placed(value.zones, [...at, "zones"]), (zone) => zone.value).map(({ item }) => ({
      at: item.at,
      reason: `zone ${item.value} is listed already`,
      fix: "remove one of the two",
    })),
  );

/** Rules about availability zones. */
export const zoneRules: readonly Rule[] = [zonesExist, zonesDiffer];
