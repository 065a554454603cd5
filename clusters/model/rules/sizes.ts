import { SMALLEST_OF_FAMILY } from "../azure";
import { addressNumber, addressText, cidrText, contains, rangeOf, sizeOf } from "../cidr";
import { malformed } from "../draft";
import { type ClusterDraft, clusters, type Rule } from "./rule";

/** Addresses of every subnet that Azure keeps. Source: learn.microsoft.com/azure/virtual-network/virtual-networks-faq. */
const KEPT_IN_SUBNET = 5;

/** The service range is smaller than /12. Source: learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay. */
const serviceRangeIsSmall: Rule = (fleet) =>
  clusters(fleet).flatMap(({ value, at }) => {
    const services = value.network?.services;
    if (!services || rangeOf(services).prefix > 12) return [];
    return [
      {
        at: [...at, "network", "services"],
        reason: `${services} is too large: AKS wants a service range smaller than /12`,
        fix: `write a longer prefix, for example ${cidrText({ ...rangeOf(services), prefix: 16 })}`,
      },
    ];
  });

/**
 * The DNS address is in the service range and not the first there, which is the API server's.
 * Source: learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay, Kubernetes DNS service IP address.
 */
const dnsAddressIsInServiceRange: Rule = (fleet) =>
  clusters(fleet).flatMap(({ value, at }) => {
    const { dnsServiceIp, services } = value.network ?? {};
    if (!dnsServiceIp || !services) return [];
    const range = rangeOf(services);
    const address = addressNumber(dnsServiceIp);
    const inside = contains(range, { first: address, last: address, prefix: 32 });
    if (inside && address > range.first + 1 && address < range.last) return [];
    if (sizeOf(range) < 4) {
      const fix = "write a shorter prefix, for example 172.16.0.0/16";
      return [{ at: [...at, "network", "services"], reason: `${services} has no room for the cluster's DNS`, fix }];
    }
    return [
      {
        at: [...at, "network", "dnsServiceIp"],
        reason: inside
          ? `${dnsServiceIp} is not free: the first addresses of ${services} are the API server's, the last is the broadcast address`
          : `${dnsServiceIp} lies outside the service range ${services}`,
        fix: `choose an address in it after the first two, for example ${addressText(Math.min(range.first + 10, range.last - 1))}`,
      },
    ];
  });

/** Azure Bastion wants /26 or larger. Source: learn.microsoft.com/azure/bastion/configuration-settings, subnet. */
const bastionSubnetIsLarge: Rule = (fleet) =>
  clusters(fleet).flatMap(({ value, at }) => {
    const bastion = value.network?.bastion;
    if (!bastion || rangeOf(bastion).prefix <= 26) return [];
    return [
      {
        at: [...at, "network", "bastion"],
        reason: `${bastion} is too small: Azure Bastion needs a subnet of /26 or larger`,
        fix: `write ${cidrText({ first: rangeOf(bastion).first - (rangeOf(bastion).first % 64), prefix: 26 })}`,
      },
    ];
  });

/** No subnet is smaller than /29. Source: learn.microsoft.com/azure/virtual-network/virtual-networks-faq. */
const subnetsHoldHosts: Rule = (fleet) =>
  clusters(fleet).flatMap(({ value, at }) =>
    (["nodes", "jumpHost"] as const).flatMap((name) => {
      const subnet = value.network?.[name];
      if (!subnet || rangeOf(subnet).prefix <= 29) return [];
      return [
        {
          at: [...at, "network", name],
          reason: `${subnet} is too small: Azure keeps ${KEPT_IN_SUBNET} addresses of every subnet and takes none smaller than /29`,
          fix: "write /29 or a shorter prefix",
        },
      ];
    }),
  );

/**
 * The node subnet holds every node the pools may have, one more of each pool during an upgrade, and what Azure keeps.
 * Source: learn.microsoft.com/azure/aks/concepts-network-ip-address-planning.
 */
const nodeSubnetHoldsNodes: Rule = (fleet) =>
  clusters(fleet).flatMap(({ value, at }) => {
    const subnet = value.network?.nodes;
    const most = mostNodes(value);
    if (!subnet || most === undefined || rangeOf(subnet).prefix > 29) return [];
    const needed = most.nodes + most.pools + KEPT_IN_SUBNET;
    if (sizeOf(rangeOf(subnet)) >= needed) return [];
    return [
      {
        at: [...at, "network", "nodes"],
        reason: `${subnet} has ${sizeOf(rangeOf(subnet))} addresses; ${most.nodes} nodes, one more of each of ${most.pools} pools in an upgrade and the ${KEPT_IN_SUBNET} that Azure keeps need ${needed}`,
        fix: `write /${prefixFor(needed)} or a shorter prefix, or lower the pools' limits`,
      },
    ];
  });

/** The overlay gives every node a /24 of the pod range. Source: learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay. */
const podRangeHoldsNodes: Rule = (fleet) =>
  clusters(fleet).flatMap(({ value, at }) => {
    const pods = value.network?.pods;
    const most = mostNodes(value);
    if (!pods || most === undefined) return [];
    const room = Math.floor(sizeOf(rangeOf(pods)) / 256);
    const needed = most.nodes + most.pools;
    if (room >= needed) return [];
    return [
      {
        at: [...at, "network", "pods"],
        reason: `${pods} has room for ${room} nodes, each of which takes a /24 of it; with those of an upgrade there may be ${needed}`,
        fix: `write /${prefixFor(needed * 256)} or a shorter prefix, or lower the pools' limits`,
      },
    ];
  });

/** The most nodes a cluster's pools may have together, or `undefined` where its data does not say. */
function mostNodes(cluster: ClusterDraft): { readonly nodes: number; readonly pools: number } | undefined {
  const { pools, capacity } = cluster;
  if (!pools || !capacity || malformed(pools, "ingress") || malformed(capacity, "onDemandFallback")) return undefined;
  const counts = [pools.system?.count, ...(pools.ingress ? [pools.ingress.count] : [])];
  if (capacity.nodes === "karpenter") {
    const families = capacity.spot?.families ?? [];
    const least = Math.min(...families.map((family) => SMALLEST_OF_FAMILY[family ?? ""]?.cpu ?? Number.NaN));
    const most = Math.floor((capacity.spot?.limits?.cpu ?? Number.NaN) / least);
    counts.push(most, ...(capacity.onDemandFallback ? [most] : []));
  } else if (capacity.nodes === "autoscaler") {
    counts.push(capacity.spot?.max, ...(capacity.onDemandFallback ? [capacity.onDemandFallback.max] : []));
  }
  const nodes = counts.reduce<number>((sum, count) => sum + (count ?? Number.NaN), 0);
  return Number.isSafeInteger(nodes) && nodes >= 0 ? { nodes, pools: counts.length } : undefined;
}

function prefixFor(addresses: number): number {
  return Math.max(0, 32 - Math.ceil(Math.log2(addresses)));
}

/** Rules about how large ranges are. */
export const sizeRules: readonly Rule[] = [
  serviceRangeIsSmall,
  dnsAddressIsInServiceRange,
  bastionSubnetIsLarge,
  subnetsHoldHosts,
  nodeSubnetHoldsNodes,
  podRangeHoldsNodes,
];
