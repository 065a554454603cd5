import { type Cluster, type Fleet, VM_SIZES, type VmSize } from "../../clusters/fleet";
import { clusterSide, JUMP_HOST_SIZE, SURGE_PERCENT, sharedSide } from "./azure-side";

/** Azure's name of the quota that each size counts against. Source: `az vm list-usage`, column `Name`. */
export const QUOTA_FAMILY: Readonly<Record<VmSize, string>> = {
  Standard_B2s: "standardBSFamily",
  Standard_D2s_v5: "standardDSv5Family",
  Standard_D4s_v5: "standardDSv5Family",
  Standard_D8s_v5: "standardDSv5Family",
  Standard_D16s_v5: "standardDSv5Family",
};

/** vCPU of Regular machines in one quota family. */
export interface RegularQuota {
  readonly family: string;
  /** With every pool at its most. */
  readonly pools: number;
  /** What upgrades of all pools at once add for their time. */
  readonly surge: number;
}

/** What a fleet needs of a subscription's quota in its region. */
export interface Quota {
  readonly regular: readonly RegularQuota[];
  /** vCPU of Spot machines, whatever their family: one quota, `lowPriorityCores`. */
  readonly spot: number;
  /** Standard public addresses. */
  readonly publicAddresses: number;
  /** Standard load balancers. */
  readonly loadBalancers: number;
}

/** A use of Regular machines. */
interface Use {
  readonly family: string;
  readonly cpu: number;
  readonly most: number;
  readonly surge: number;
}

/** What a fleet needs when every pool and every limit is at its most. */
export function quotaOf(fleet: Fleet): Quota {
  const shared = sharedSide(fleet);
  const uses = [...fleet.clusters.flatMap(regularUses), ...(shared.jumpHost ? [pool(JUMP_HOST_SIZE, 1, 0)] : [])];
  const families = [...new Set(uses.map(({ family }) => family))].sort();
  const sum = (family: string, amount: (use: Use) => number) =>
    uses.filter((use) => use.family === family).reduce((total, use) => total + use.cpu * amount(use), 0);
  return {
    regular: families.map((family) => ({
      family,
      pools: sum(family, ({ most }) => most),
      surge: sum(family, ({ surge }) => surge),
    })),
    spot: total(fleet.clusters.map(spotCpu)),
    publicAddresses:
      shared.publicAddresses + total(fleet.clusters.map((each) => clusterSide(fleet, each).publicAddresses)),
    loadBalancers: fleet.clusters.length,
  };
}

/** vCPU of Spot machines: Karpenter's limit, or the most that the autoscaler may make. */
export function spotCpu({ capacity }: Pick<Cluster, "capacity">): number {
  if (capacity.nodes === "karpenter") return capacity.spot.limits.cpu;
  return capacity.spot.max * VM_SIZES[capacity.spot.vmSize].cpu;
}

/** Quota family of what Karpenter picks as a fallback: it may be any of its families, each with a quota of its own. */
export function fallbackFamily(families: readonly string[]): string {
  return `any of ${families.join(", ")} (Karpenter's choice)`;
}

function regularUses({ pools, capacity }: Cluster): readonly Use[] {
  return [
    ...[pools.system, ...(pools.ingress ? [pools.ingress] : [])].map(({ vmSize, count }) => pool(vmSize, count)),
    ...fallbackUses(capacity),
  ];
}

/** Karpenter replaces nodes one by one, within its limit; pools add some during an upgrade. */
function fallbackUses(capacity: Cluster["capacity"]): readonly Use[] {
  if (!capacity.onDemandFallback) return [];
  if (capacity.nodes === "autoscaler") return [pool(capacity.onDemandFallback.vmSize, capacity.onDemandFallback.max)];
  const { families, limits } = capacity.spot;
  return [{ family: fallbackFamily(families), cpu: limits.cpu, most: 1, surge: 0 }];
}

function pool(size: VmSize, most: number, surge = Math.ceil((most * SURGE_PERCENT) / 100)): Use {
  return { family: QUOTA_FAMILY[size], cpu: VM_SIZES[size].cpu, most, surge };
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
