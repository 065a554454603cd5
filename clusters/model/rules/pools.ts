import { VM_SIZES } from "../azure";
import type { Finding, Path } from "../problem";
import { clusters, type Rule } from "./rule";

/** Source: learn.microsoft.com/azure/aks/quotas-skus-regions, nodes of a node pool. */
const MOST_NODES_OF_POOL = 1000;

function countFinding(at: Path, value: number | undefined, least: number): readonly Finding[] {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= MOST_NODES_OF_POOL)) return [];
  return [
    {
      at,
      reason: `${value} is not a number of nodes that this pool can have`,
      fix: `write a whole number from ${least} to ${MOST_NODES_OF_POOL}`,
    },
  ];
}

/** Fixed pools have at least one node. */
const fixedPoolsHaveNodes: Rule = (fleet) =>
  clusters(fleet).flatMap(({ value, at }) => [
    ...countFinding([...at, "pools", "system", "count"], value.pools?.system?.count, 1),
    ...countFinding([...at, "pools", "ingress", "count"], value.pools?.ingress?.count, 1),
  ]);

/** The autoscaled pools of a cluster, each with its place. */
function autoscaled(fleet: Parameters<Rule>[0]) {
  return clusters(fleet).flatMap(({ value: { capacity }, at }) =>
    capacity?.nodes === "autoscaler"
      ? [
          { value: capacity.spot ?? {}, at: [...at, "capacity", "spot"] },
          { value: capacity.onDemandFallback ?? {}, at: [...at, "capacity", "onDemandFallback"] },
        ]
      : [],
  );
}

/** An autoscaled pool may grow to one node at least. */
const autoscaledPoolsMayGrow: Rule = (fleet) =>
  autoscaled(fleet).flatMap(({ value, at }) => [
    ...countFinding([...at, "min"], value.min, 0),
    ...countFinding([...at, "max"], value.max, 1),
  ]);

/** An autoscaled pool's fewest nodes are not more than its most. */
const autoscaledPoolsHaveARange: Rule = (fleet) =>
  autoscaled(fleet).flatMap(({ value: { min, max }, at }) => {
    if (min === undefined || max === undefined || min <= max) return [];
    return [
      { at: [...at, "min"], reason: `${min} is more than max, ${max}`, fix: `write ${max} or less, or raise max` },
    ];
  });

/**
 * AKS refuses system pools of burstable or one-vCPU machines. It recommends 4 vCPU, which `notes.ts` says.
 * Source: learn.microsoft.com/azure/aks/use-system-pools, limitations.
 */
const systemPoolIsStrong: Rule = (fleet) =>
  clusters(fleet).flatMap(({ value, at }) => {
    const vmSize = value.pools?.system?.vmSize;
    if (!vmSize) return [];
    const size = VM_SIZES[vmSize];
    if (size.family !== "B" && size.cpu >= 2) return [];
    return [
      {
        at: [...at, "pools", "system", "vmSize"],
        reason: `${vmSize} cannot carry a system pool: AKS wants at least 2 vCPU that are not burstable (family B)`,
        fix: 'write for example "Standard_D4s_v5"',
      },
    ];
  });

/** Azure has no Spot machines of family B. Source: learn.microsoft.com/azure/virtual-machines/spot-vms, limitations. */
const spotPoolIsNotBurstable: Rule = (fleet) =>
  clusters(fleet).flatMap(({ value: { capacity }, at }) => {
    const vmSize = capacity?.nodes === "autoscaler" ? capacity.spot?.vmSize : undefined;
    if (!vmSize || VM_SIZES[vmSize].family !== "B") return [];
    return [
      {
        at: [...at, "capacity", "spot", "vmSize"],
        reason: `${vmSize} cannot be Spot: Azure has no Spot machines of the burstable family B`,
        fix: 'write for example "Standard_D2s_v5"',
      },
    ];
  });

/** Rules about node pools that AKS manages. */
export const poolRules: readonly Rule[] = [
  fixedPoolsHaveNodes,
  autoscaledPoolsMayGrow,
  autoscaledPoolsHaveARange,
  systemPoolIsStrong,
  spotPoolIsNotBurstable,
];
