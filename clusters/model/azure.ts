import type { Zone } from "./types";

/** What this platform needs to know of a region. Sources: learn.microsoft.com/azure/reliability/availability-zones-region-support. */
export const REGIONS = {
  koreacentral: { zones: ["1", "2", "3"] },
  koreasouth: { zones: [] },
  japaneast: { zones: ["1", "2", "3"] },
  southeastasia: { zones: ["1", "2", "3"] },
  eastus2: { zones: ["1", "2", "3"] },
  westus: { zones: [] },
  westus3: { zones: ["1", "2", "3"] },
  northeurope: { zones: ["1", "2", "3"] },
  westeurope: { zones: ["1", "2", "3"] },
} as const satisfies Record<string, { readonly zones: readonly Zone[] }>;

/** vCPU and GiB of memory of a VM size. Source: learn.microsoft.com/azure/virtual-machines/sizes. */
export const VM_SIZES = {
  Standard_B2s: { family: "B", cpu: 2, memoryGiB: 4 },
  Standard_D2s_v5: { family: "D", cpu: 2, memoryGiB: 8 },
  Standard_D4s_v5: { family: "D", cpu: 4, memoryGiB: 16 },
  Standard_D8s_v5: { family: "D", cpu: 8, memoryGiB: 32 },
  Standard_D16s_v5: { family: "D", cpu: 16, memoryGiB: 64 },
} as const satisfies Record<string, { readonly family: string; readonly cpu: number; readonly memoryGiB: number }>;

/**
 * The smallest machine of a VM family that a node needs, for limits that must hold at least one.
 * Source: learn.microsoft.com/azure/virtual-machines/sizes, 2 vCPU being the least AKS accepts.
 */
export const SMALLEST_OF_FAMILY: Readonly<Record<string, { readonly cpu: number; readonly memoryGiB: number }>> = {
  D: { cpu: 2, memoryGiB: 8 },
  E: { cpu: 2, memoryGiB: 16 },
  F: { cpu: 2, memoryGiB: 4 },
};
