import { at, isSet, lacks, list, number, text, texts } from "./read";
import { type Fault, faultIf, type Inputs, type Rule } from "./rule";

const AKS = "learn.microsoft.com/azure/aks";
const BOTH = ["containerservice:ManagedCluster", "containerservice:AgentPool"];

/** Rules about node pools. */
export const POOL_RULES: readonly Rule[] = [
  {
    id: "pool-mode",
    source: `${AKS}/use-system-pools: mode is case-sensitive and ARM wants it said; Azure/AKS#4468`,
    tokens: BOTH,
    check: modes,
  },
  {
    id: "spot-pool",
    source: `${AKS}/spot-node-pool: limitations`,
    tokens: BOTH,
    check: (inputs) => eachPool(inputs, spot),
  },
  {
    id: "pool-scaling",
    source: `${AKS}/cluster-autoscaler; declarations of azure-native: minCount, maxCount`,
    tokens: BOTH,
    check: (inputs) => eachPool(inputs, scaling),
  },
  {
    id: "pool-taints",
    source: `${AKS}/use-node-taints: key=value:effect; use-system-pools`,
    tokens: BOTH,
    check: (inputs) => eachPool(inputs, taints),
  },
];

function eachPool(inputs: Inputs, check: (pool: unknown, path: string) => readonly Fault[]): readonly Fault[] {
  if (lacks(inputs, "agentPoolProfiles") && isSet(inputs, "resourceName") && isSet(inputs, "vmSize"))
    return check(inputs, "");
  return list(inputs, "agentPoolProfiles").flatMap((pool, index) => check(pool, `agentPoolProfiles[${index}].`));
}

function modes(inputs: Inputs): readonly Fault[] {
  const missing = eachPool(inputs, (pool, path) =>
    faultIf(lacks(pool, "mode"), `${path}mode`, "is not said; Azure then decides by itself", "write System or User"),
  );
  const inline = list(inputs, "agentPoolProfiles");
  const known = inline.every((pool) => lacks(pool, "mode") || at(pool, "mode") !== undefined);
  const system = inline.some((pool) => text(pool, "mode") === "System");
  const none = inline.length > 0 && known && missing.length === 0 && !system;
  return [...missing, ...faultIf(none, "agentPoolProfiles", "has no pool of mode System", "make one the system pool")];
}

function spot(pool: unknown, path: string): readonly Fault[] {
  const price = number(pool, "spotMaxPrice");
  if (text(pool, "scaleSetPriority") !== "Spot") {
    return faultIf(
      price !== undefined && price !== -1 && text(pool, "scaleSetPriority") !== undefined,
      `${path}spotMaxPrice`,
      "is set on a pool that is not Spot",
      "leave it out",
    );
  }
  return [
    ...faultIf(text(pool, "mode") === "System", `${path}scaleSetPriority`, "is Spot on a system pool", "write Regular"),
    ...faultIf(
      price !== undefined && price !== -1 && price <= 0,
      `${path}spotMaxPrice`,
      `is ${price}`,
      "write -1 or a price above 0",
    ),
    ...faultIf(
      isSet(pool, "upgradeSettings", "maxSurge"),
      `${path}upgradeSettings.maxSurge`,
      "is set on a Spot pool, which cannot surge",
      "leave it out",
    ),
  ];
}

function scaling(pool: unknown, path: string): readonly Fault[] {
  const [min, max, count] = ["minCount", "maxCount", "count"].map((name) => number(pool, name));
  if (at(pool, "enableAutoScaling") !== true) {
    const sure = lacks(pool, "enableAutoScaling") || at(pool, "enableAutoScaling") === false;
    return ["minCount", "maxCount"].flatMap((name) =>
      faultIf(
        sure && isSet(pool, name),
        `${path}${name}`,
        "is set while the pool does not scale",
        "leave it out, or set enableAutoScaling",
      ),
    );
  }
  return [
    ...["minCount", "maxCount"].flatMap((name) =>
      faultIf(lacks(pool, name), `${path}${name}`, "is missing on a pool that scales", "set it"),
    ),
    ...faultIf(
      min !== undefined && max !== undefined && min > max,
      `${path}minCount`,
      `is ${min}, above maxCount ${max}`,
      "lower it",
    ),
    ...faultIf(
      min !== undefined && count !== undefined && count < min,
      `${path}count`,
      `is ${count}, below minCount ${min}`,
      "raise it",
    ),
    ...faultIf(
      max !== undefined && count !== undefined && count > max,
      `${path}count`,
      `is ${count}, above maxCount ${max}`,
      "lower it",
    ),
  ];
}

const TAINT = /^[A-Za-z0-9./_-]+(=[A-Za-z0-9._-]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$/;
const SYSTEM_TAINT = "CriticalAddonsOnly=true:NoSchedule";

function taints(pool: unknown, path: string): readonly Fault[] {
  const system = text(pool, "mode") === "System";
  return texts(pool, "nodeTaints").flatMap((taint, index) => [
    ...faultIf(!TAINT.test(taint), `${path}nodeTaints[${index}]`, `is ${taint}`, "write key=value:NoSchedule"),
    ...faultIf(
      system && TAINT.test(taint) && taint !== SYSTEM_TAINT,
      `${path}nodeTaints[${index}]`,
      `is ${taint} on a system pool`,
      `use ${SYSTEM_TAINT} alone`,
    ),
  ]);
}
