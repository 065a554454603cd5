import { VM_SIZES } from "./azure";
import { type Problem, pathText } from "./problem";
import type { Cluster, Fleet } from "./types";

/** Something that works and that somebody should know. */
export type Note = Problem;

/** Where the Free tier ends to be recommended. Source: learn.microsoft.com/azure/aks/free-standard-pricing-tiers. */
const NODES_OF_FREE_TIER = 10;

/** What a fleet that can be should think over; never a reason to refuse it. */
export function notesOn(fleet: Fleet): readonly Note[] {
  return [...freeTier(fleet), ...fleet.clusters.flatMap((cluster, index) => systemPool(fleet, cluster, index))];
}

function freeTier(fleet: Fleet): readonly Note[] {
  if (fleet.tier !== "Free") return [];
  const large = fleet.clusters.filter((cluster) => fixedNodes(cluster) >= NODES_OF_FREE_TIER).map(({ name }) => name);
  const reason = large.length
    ? `Free is recommended for fewer than ${NODES_OF_FREE_TIER} nodes, and ${large.join(", ")} may have more`
    : "Free has no uptime guarantee for the API servers and no cost analysis";
  return [{ path: "tier", reason, fix: 'for production write "Standard"' }];
}

/** The most nodes of the pools that AKS sizes; Karpenter's have a limit in vCPU and not in nodes. */
function fixedNodes({ pools, capacity }: Cluster): number {
  const own = pools.system.count + (pools.ingress?.count ?? 0);
  if (capacity.nodes === "karpenter") return own;
  return own + capacity.spot.max + (capacity.onDemandFallback?.max ?? 0);
}

/** Source: learn.microsoft.com/azure/aks/use-system-pools: 2 nodes or more (3 recommended), 4 vCPU or more. */
function systemPool(fleet: Fleet, { pools }: Cluster, index: number): readonly Note[] {
  const at = ["clusters", index, "pools", "system"];
  const few = {
    path: pathText(fleet, [...at, "count"]),
    reason: "is 1: while that node is replaced, nothing of the platform runs",
    fix: "for production write 3",
  };
  const weak = {
    path: pathText(fleet, [...at, "vmSize"]),
    reason: `${pools.system.vmSize} has fewer than the 4 vCPU that AKS recommends for system pools`,
    fix: 'for production write "Standard_D4s_v5"',
  };
  return [...(pools.system.count < 2 ? [few] : []), ...(VM_SIZES[pools.system.vmSize].cpu < 4 ? [weak] : [])];
}
