import { SMALLEST_OF_FAMILY } from "../azure";
import { type Draft, wellFormed } from "../draft";
import type { Path } from "../problem";
import type { KarpenterPool } from "../types";
import { either, meant, show } from "../wording";
import { clusters, placed, type Rule, repeated } from "./rule";

const FAMILIES = Object.keys(SMALLEST_OF_FAMILY);

function karpenterPools(
  fleet: Parameters<Rule>[0],
): readonly { readonly value: Draft<KarpenterPool>; readonly at: Path }[] {
  return clusters(fleet).flatMap(({ value, at }) =>
    value.capacity?.nodes === "karpenter" && value.capacity.spot
      ? [{ value: value.capacity.spot, at: [...at, "capacity", "spot"] }]
      : [],
  );
}

/** What one node of a family needs at least, for the families of a pool that are known. */
function smallest(pool: Draft<KarpenterPool>) {
  return wellFormed(pool.families).flatMap((family) => {
    const size = Object.hasOwn(SMALLEST_OF_FAMILY, family) ? SMALLEST_OF_FAMILY[family] : undefined;
    return size ? [{ family, ...size }] : [];
  });
}

/** Karpenter gets families that exist. Source: learn.microsoft.com/azure/virtual-machines/sizes. */
const familiesAreKnown: Rule = (fleet) =>
  karpenterPools(fleet).flatMap(({ value, at }) =>
    placed(value.families, [...at, "families"])
      .filter(({ value: family }) => !FAMILIES.includes(family))
      .map(({ value: family, at: place }) => ({
        at: place,
        reason: `${show(family)} is not a VM family that nodes may have`,
        fix: `write ${either(FAMILIES.map(show))}; ${meant(family, FAMILIES) ? "a family is one capital letter" : "or add it to SMALLEST_OF_FAMILY in clusters/model/azure.ts"}`,
      })),
  );

/** Karpenter has something to choose from, and each family once. */
const familiesAreListedOnce: Rule = (fleet) =>
  karpenterPools(fleet).flatMap(({ value, at }) => [
    ...(value.families?.length === 0
      ? [
          {
            at: [...at, "families"],
            reason: "is empty, so Karpenter may create no node",
            fix: 'write for example ["D"]',
          },
        ]
      : []),
    ...repeated(placed(value.families, [...at, "families"]), (entry) => entry.value).map(({ item }) => ({
      at: item.at,
      reason: `family ${item.value} is listed already`,
      fix: "remove one of the two",
    })),
  ]);

/** The limits of all nodes together hold one of each family: otherwise every pod that needs it stays pending. */
const limitsHoldANode: Rule = (fleet) =>
  karpenterPools(fleet).flatMap(({ value, at }) => {
    const { cpu, memoryGiB } = value.limits ?? {};
    return smallest(value)
      .filter(
        (size) => (cpu !== undefined && cpu < size.cpu) || (memoryGiB !== undefined && memoryGiB < size.memoryGiB),
      )
      .slice(0, 1)
      .map((size) => ({
        at: [...at, "limits"],
        reason: `${amounts(cpu, memoryGiB)} cannot hold one node: the smallest of family ${size.family} has ${size.cpu} vCPU and ${size.memoryGiB} GiB`,
        fix: `allow at least cpu: ${size.cpu} and memoryGiB: ${size.memoryGiB}, or remove family ${size.family}`,
      }));
  });

/** The memory limit does not make the vCPU limit unreachable: a reader would believe the larger of the two. */
const limitsFitEachOther: Rule = (fleet) =>
  karpenterPools(fleet).flatMap(({ value, at }) => {
    const { cpu, memoryGiB } = value.limits ?? {};
    const sizes = smallest(value);
    if (cpu === undefined || memoryGiB === undefined || value.families?.includes(undefined)) return [];
    const [leanest] = [...sizes].sort((a, b) => a.memoryGiB / a.cpu - b.memoryGiB / b.cpu);
    if (!leanest || cpu < leanest.cpu || memoryGiB < leanest.memoryGiB) return [];
    const perCpu = leanest.memoryGiB / leanest.cpu;
    if (memoryGiB >= cpu * perCpu) return [];
    return [
      {
        at: [...at, "limits", "memoryGiB"],
        reason: `${memoryGiB} GiB are used up at ${Math.floor(memoryGiB / perCpu)} vCPU, as family ${leanest.family} has ${perCpu} GiB for each: the limit of ${cpu} vCPU is never reached`,
        fix: `write memoryGiB: ${Math.ceil(cpu * perCpu)}, or cpu: ${Math.floor(memoryGiB / perCpu)}`,
      },
    ];
  });

/** The largest machine is one that the limits allow and that a node can be. */
const largestMachineFits: Rule = (fleet) =>
  karpenterPools(fleet).flatMap(({ value, at }) => {
    const { maxCpuPerNode, limits } = value;
    const least = Math.min(...smallest(value).map((size) => size.cpu));
    if (maxCpuPerNode === undefined) return [];
    const place = [...at, "maxCpuPerNode"];
    if (maxCpuPerNode < 1 || !Number.isInteger(maxCpuPerNode)) {
      return [
        { at: place, reason: `${maxCpuPerNode} is not a number of vCPU`, fix: "write a whole number, for example 8" },
      ];
    }
    if (Number.isFinite(least) && maxCpuPerNode < least) {
      return [
        {
          at: place,
          reason: `no machine of its families has ${maxCpuPerNode} vCPU or fewer`,
          fix: `write ${least} or more`,
        },
      ];
    }
    if (limits?.cpu === undefined || limits.cpu < least || maxCpuPerNode <= limits.cpu) return [];
    return [
      {
        at: place,
        reason: `one machine of ${maxCpuPerNode} vCPU would exceed the limit of ${limits.cpu} for all nodes together`,
        fix: `write ${limits.cpu} or less, or raise limits.cpu`,
      },
    ];
  });

function amounts(cpu: number | undefined, memoryGiB: number | undefined): string {
  return [cpu !== undefined && `${cpu} vCPU`, memoryGiB !== undefined && `${memoryGiB} GiB`]
    .filter(Boolean)
    .join(" and ");
}

/** Rules about what Karpenter may create. */
export const capacityRules: readonly Rule[] = [
  familiesAreKnown,
  familiesAreListedOnce,
  limitsHoldANode,
  limitsFitEachOther,
  largestMachineFits,
];
