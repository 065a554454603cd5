import type { Offering, Sku } from "../../../cli/live/karpenter";

/** What can be had at a time. */
export interface Market {
  /** @default true */
  readonly spot?: boolean;
  /** Zones without machines. @default none */
  readonly without?: readonly string[];
}

/** The zones of the fleet's region. */
export const ZONES = ["koreacentral-1", "koreacentral-2", "koreacentral-3"] as const;

/** Spot machines cost about a sixth: what `cli/docs/prices.ts` has for Standard_D2s_v5. */
const SPOT_SHARE = 0.16;

/**
 * Machines of Korea Central, with prices of on-demand per hour as github.com/Azure/karpenter-provider-azure v1.14.2 has them. Among them
 * are some that the fleet must never take: of another family, though they have more memory, and larger ones.
 */
const MACHINES = [
  { name: "Standard_D2s_v5", family: "D", cpu: 2, memoryGiB: 8, price: 0.118 },
  { name: "Standard_D4s_v5", family: "D", cpu: 4, memoryGiB: 16, price: 0.236 },
  { name: "Standard_D8s_v5", family: "D", cpu: 8, memoryGiB: 32, price: 0.472 },
  { name: "Standard_D16s_v5", family: "D", cpu: 16, memoryGiB: 64, price: 0.944 },
  // Cheaper than it is, so that only the family can be the reason why nobody takes it.
  { name: "Standard_E2s_v5", family: "E", cpu: 2, memoryGiB: 16, price: 0.052 },
] as const;

/** The machines that can be had. */
export function skus({ spot = true, without = [] }: Market = {}): readonly Sku[] {
  return MACHINES.map((machine) => ({
    name: machine.name,
    architecture: "amd64",
    operatingSystems: ["linux"],
    resources: {
      cpu: String(machine.cpu),
      memory: `${machine.memoryGiB}Gi`,
      pods: "250",
      "ephemeral-storage": "128Gi",
    },
    offerings: ZONES.filter((zone) => !without.includes(zone)).flatMap((zone) => [
      ...(spot ? [offering(machine, zone, "spot")] : []),
      offering(machine, zone, "on-demand"),
    ]),
  }));
}

function offering(machine: (typeof MACHINES)[number], zone: string, capacity: "spot" | "on-demand"): Offering {
  const is = (key: string, value: string) => ({ key, operator: "In" as const, values: [value] });
  return {
    Price: capacity === "spot" ? machine.price * SPOT_SHARE : machine.price,
    Requirements: [
      is("karpenter.sh/capacity-type", capacity),
      is("topology.kubernetes.io/zone", zone),
      is("karpenter.azure.com/sku-name", machine.name),
      is("karpenter.azure.com/sku-family", machine.family),
      is("karpenter.azure.com/sku-cpu", String(machine.cpu)),
      // Azure's provider puts this label on its nodes; the applications prefer nodes that have it.
      is("kubernetes.azure.com/scalesetpriority", capacity === "spot" ? "spot" : "regular"),
    ],
  };
}
