/** A toleration as it stands in a pod. */
export interface Toleration {
  readonly key: string;
  readonly operator: "Exists" | "Equal";
  readonly value?: string;
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** Where the pods of a platform controller run. */
export interface Placement {
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

/**
 * The system pool: the only Regular machines that every cluster has. A Spot outage in the region may take every other node,
 * and admission, certificates and GitOps must outlive it. AKS puts the label on the pool and the documents put the taint on it.
 * Source: learn.microsoft.com/azure/aks/use-system-pools.
 */
export const SYSTEM_NODES = {
  nodeSelector: { "kubernetes.azure.com/mode": "system" },
  tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
} as const satisfies Placement;

/** What keeps pods that cannot stand a 30 second notice away from Spot nodes. AKS puts it on Spot pools, Karpenter does not. */
export const SPOT_TAINT = {
  key: "kubernetes.azure.com/scalesetpriority",
  value: "spot",
  effect: "NoSchedule",
} as const;

/** What an application carries to run on Spot nodes. */
export const SPOT_TOLERATION = { ...SPOT_TAINT, operator: "Equal" } as const satisfies Toleration;
