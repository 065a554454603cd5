import {
  type AddressRange,
  cidrText,
  contains,
  overlapFinder,
  overlaps,
  overlapsAmong,
  type Ranged,
  rangeOf,
} from "../cidr";
import type { Finding } from "../problem";
import type { Cidr } from "../types";
import { type ClusterDraft, called, clusters, type Placed, placed, type Rule } from "./rule";

interface NetworkPart extends Ranged, Placed<Cidr> {
  readonly cluster: string;
}

type RangeName = "vnet" | "nodes" | "bastion" | "jumpHost" | "pods" | "services";

const TITLES: Readonly<Record<RangeName, string>> = {
  vnet: "the VNet",
  nodes: "the node subnet",
  bastion: "the Bastion subnet",
  jumpHost: "the jump host's subnet",
  pods: "the pod range",
  services: "the service range",
};

const SUBNETS = ["nodes", "bastion", "jumpHost"] as const;

/** Source: learn.microsoft.com/azure/aks/configure-azure-cni, prerequisites; virtual-network/virtual-networks-faq. */
const RESERVED = [
  { cidr: "169.254.0.0/16", whose: "AKS" },
  { cidr: "172.30.0.0/16", whose: "AKS" },
  { cidr: "172.31.0.0/16", whose: "AKS" },
  { cidr: "192.0.2.0/24", whose: "AKS" },
  { cidr: "127.0.0.0/8", whose: "every machine's loopback" },
  { cidr: "168.63.129.16/32", whose: "Azure's DNS and health probes" },
  { cidr: "224.0.0.0/4", whose: "multicast" },
] as const satisfies readonly { readonly cidr: Cidr; readonly whose: string }[];

const isReserved = overlapFinder(RESERVED.map((entry) => ({ ...entry, range: rangeOf(entry.cidr) })));

function part(cluster: Placed<ClusterDraft>, name: RangeName): readonly NetworkPart[] {
  const value = cluster.value.network?.[name];
  if (value === undefined) return [];
  return [{ value, at: [...cluster.at, "network", name], range: rangeOf(value), cluster: called(cluster) }];
}

function parts(cluster: Placed<ClusterDraft>, names: readonly RangeName[]): readonly NetworkPart[] {
  return names.flatMap((name) => part(cluster, name));
}

function title(item: NetworkPart): string {
  return `${TITLES[item.at.at(-1) as RangeName]} of ${item.cluster} (${item.value})`;
}

/** What to say of parts that overlap: the later one in the fleet is told of the earlier. */
function clashes(items: readonly NetworkPart[], why: string, fix: string): readonly Finding[] {
  const order = new Map(items.map((item, index) => [item, index]));
  return overlapsAmong(items).map(([a, b]) => {
    const [earlier, later] = (order.get(a) ?? 0) < (order.get(b) ?? 0) ? [a, b] : [b, a];
    return { at: later.at, reason: `${later.value} overlaps ${title(earlier)}${why}`, fix };
  });
}

/** A range starts at its first address. Azure refuses a VNet or subnet with host bits set. */
const rangesStartAtTheirFirstAddress: Rule = (fleet) => {
  const ranges: readonly Placed<Cidr>[] = [
    ...(fleet.api?.access === "public" ? placed<Cidr>(fleet.api.authorizedRanges, ["api", "authorizedRanges"]) : []),
    ...clusters(fleet).flatMap((cluster) => parts(cluster, Object.keys(TITLES) as RangeName[])),
  ];
  return ranges.flatMap(({ value, at }) => {
    const network = cidrText(rangeOf(value));
    if (network === value) return [];
    return [{ at, reason: `${value} has host bits set: that range starts elsewhere`, fix: `write ${network}` }];
  });
};

/** Peered VNets must not overlap. Source: learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering, requirements. */
const vnetsAreApart: Rule = (fleet) =>
  clashes(
    clusters(fleet).flatMap((cluster) => part(cluster, "vnet")),
    "; all VNets of a fleet are peered",
    "choose a range that no other VNet of the fleet has a part of",
  );

/** A subnet is a part of its VNet. Source: learn.microsoft.com/azure/virtual-network/virtual-network-manage-subnet. */
const subnetsAreInTheirVnet: Rule = (fleet) =>
  clusters(fleet).flatMap((cluster) => {
    const [vnet] = part(cluster, "vnet");
    if (!vnet) return [];
    return parts(cluster, SUBNETS)
      .filter((subnet) => !contains(vnet.range, subnet.range))
      .map((subnet) => ({
        at: subnet.at,
        reason: `${subnet.value} does not lie in ${title(vnet)}`,
        fix: `choose a part of ${vnet.value}, for example ${firstPart(vnet.range, subnet.range.prefix)}`,
      }));
  });

/** Subnets of one VNet do not overlap. Source: learn.microsoft.com/azure/virtual-network/virtual-network-manage-subnet. */
const subnetsAreApart: Rule = (fleet) =>
  clusters(fleet).flatMap((cluster) =>
    clashes(parts(cluster, SUBNETS), "", "choose a part of the VNet that no other subnet takes"),
  );

/**
 * Pods and services share no address with a VNet that nodes can reach, which is every VNet of the fleet.
 * Source: learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay, IP address planning.
 */
const overlayRangesAvoidVnets: Rule = (fleet) => {
  const own = (cluster: Placed<ClusterDraft>) => part(cluster, "vnet");
  const findVnet = overlapFinder(clusters(fleet).flatMap(own));
  return clusters(fleet).flatMap((cluster) =>
    parts(cluster, ["pods", "services"]).flatMap((item) => {
      const vnet = own(cluster).find(({ range }) => overlaps(range, item.range)) ?? findVnet(item.range);
      if (!vnet) return [];
      return [
        {
          at: item.at,
          reason: `${item.value} overlaps ${title(vnet)}, which its nodes reach by peering`,
          fix: "choose a range outside every VNet; clusters may share it, for example 192.168.0.0/16 for pods and 172.16.0.0/16 for services",
        },
      ];
    }),
  );
};

/** Pods and services of a cluster share no address. Source: learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay. */
const podsAndServicesAreApart: Rule = (fleet) =>
  clusters(fleet).flatMap((cluster) =>
    clashes(
      parts(cluster, ["pods", "services"]),
      "",
      "choose another range for one of the two, for example 172.16.0.0/16",
    ),
  );

/** No range takes addresses that AKS or Azure keeps. */
const rangesAvoidReserved: Rule = (fleet) =>
  clusters(fleet).flatMap((cluster) =>
    parts(cluster, ["vnet", "pods", "services"]).flatMap((item) => {
      const reserved = isReserved(item.range);
      if (!reserved) return [];
      return [
        {
          at: item.at,
          reason: `${item.value} takes addresses of ${reserved.cidr}, which is kept for ${reserved.whose}`,
          fix: `choose a range without ${reserved.cidr}`,
        },
      ];
    }),
  );

function firstPart(vnet: AddressRange, prefix: number): Cidr {
  return cidrText({ first: vnet.first, prefix: Math.max(vnet.prefix, prefix) });
}

/** Rules about which addresses ranges take. */
export const networkRules: readonly Rule[] = [
  rangesStartAtTheirFirstAddress,
  vnetsAreApart,
  subnetsAreInTheirVnet,
  subnetsAreApart,
  overlayRangesAvoidVnets,
  podsAndServicesAreApart,
  rangesAvoidReserved,
];
