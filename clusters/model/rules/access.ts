import { IPv4 } from "ipaddr.js";
import { rangeOf } from "../cidr";
import { malformed } from "../draft";
import { called, clusters, placed, type Rule, repeated } from "./rule";

/** Source: learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges, limitations. */
const MOST_AUTHORIZED_RANGES = 200;

const WAY_IN = 'for example bastion: "10.1.100.0/26" and jumpHost: "10.1.101.0/28" in a VNet 10.1.0.0/16';

/** A private API server is reached through Bastion and a jump host, so some cluster's network has both. */
const privateApiHasAWayIn: Rule = (fleet) => {
  if (fleet.api?.access !== "private" || !fleet.clusters?.length) return [];
  const seen = clusters(fleet);
  if (seen.length < fleet.clusters.length) return [];
  const networks = seen.flatMap(({ value }) => (value.network ? [value.network] : []));
  if (networks.length < seen.length) return [];
  if (networks.some((network) => "bastion" in network || "jumpHost" in network)) return [];
  return [
    {
      at: ["api", "access"],
      reason: 'is "private", but no cluster\'s network has Bastion and a jump host: nobody would reach the API servers',
      fix: `give one cluster's network both, ${WAY_IN}, or set api.access to "public" with authorizedRanges`,
    },
  ];
};

/** Bastion and the jump host are one way in: each is useless alone. */
const wayInIsComplete: Rule = (fleet) =>
  clusters(fleet).flatMap((cluster) => {
    const { network } = cluster.value;
    if (!network || malformed(network, "bastion") || malformed(network, "jumpHost")) return [];
    if ((network.bastion === undefined) === (network.jumpHost === undefined)) return [];
    const [has, needs] = network.bastion ? (["bastion", "jumpHost"] as const) : (["jumpHost", "bastion"] as const);
    return [
      {
        at: [...cluster.at, "network", has],
        reason: `is there without ${needs}: Bastion leads to the jump host of ${called(cluster)} and nothing else does`,
        fix: `add ${needs}, ${WAY_IN}, or remove ${has}`,
      },
    ];
  });

/** A public API server is open to all unless ranges are listed. Source: learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges. */
const publicApiIsGuarded: Rule = (fleet) => {
  if (fleet.api?.access !== "public" || fleet.api.authorizedRanges === undefined) return [];
  const at = ["api", "authorizedRanges"];
  const count = fleet.api.authorizedRanges.length;
  if (count === 0) {
    return [
      {
        at,
        reason: "is empty, so anybody could reach the API servers",
        fix: 'list the addresses that may, for example "203.0.113.0/24", or set api.access to "private"',
      },
    ];
  }
  if (count <= MOST_AUTHORIZED_RANGES) return [];
  const fix = `join neighbouring ranges to ${MOST_AUTHORIZED_RANGES} or fewer`;
  return [{ at, reason: `has ${count} ranges; AKS takes at most ${MOST_AUTHORIZED_RANGES}`, fix }];
};

/** Each authorized range is some of the internet's addresses: not all, and not such as never arrive from there. */
const authorizedRangesMeanSomething: Rule = (fleet) => {
  if (fleet.api?.access !== "public") return [];
  return placed(fleet.api.authorizedRanges, ["api", "authorizedRanges"]).flatMap(({ value, at }) => {
    if (rangeOf(value).prefix === 0) {
      return [
        {
          at,
          reason: `${value} is every address: anybody could reach the API servers`,
          fix: "list the addresses that may",
        },
      ];
    }
    const kind = IPv4.parse(value.split("/")[0] ?? "").range();
    if (!["private", "carrierGradeNat", "loopback", "linkLocal"].includes(kind)) return [];
    return [
      {
        at,
        reason: `${value} is not routed on the internet, so no request to a public API server comes from it`,
        fix: "list the public address that your network leaves by",
      },
    ];
  });
};

/** No authorized range is listed twice. */
const authorizedRangesDiffer: Rule = (fleet) => {
  if (fleet.api?.access !== "public") return [];
  const ranges = placed(fleet.api.authorizedRanges, ["api", "authorizedRanges"]);
  return repeated(ranges, ({ value }) => value).map(({ item }) => ({
    at: item.at,
    reason: `${item.value} is listed already`,
    fix: "remove one of the two",
  }));
};

/** Rules about how API servers are reached. */
export const accessRules: readonly Rule[] = [
  privateApiHasAWayIn,
  wayInIsComplete,
  publicApiIsGuarded,
  authorizedRangesMeanSomething,
  authorizedRangesDiffer,
];
