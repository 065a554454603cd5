import {
  AgentPoolMode,
  OSDiskType,
  OSSKU,
  OSType,
  ScaleSetEvictionPolicy,
  ScaleSetPriority,
} from "@pulumi/azure-native/containerservice";
import type { AutoscaledPool, Cluster, FixedPool } from "../../clusters/fleet";

/**
 * Label by which the managed ingress gateway prefers nodes; it tolerates no taint of ours. Applications keep away from nodes with the label,
 * and what tolerates nothing, such as jobs of extensions, finds a place here. Source: learn.microsoft.com/azure/aks/istio-deploy-ingress.
 */
const INGRESS_LABELS = { "azureservicemesh/istio.replica.preferred": "true" } as const;

/**
 * Keeps applications off the system pool: a pod that could run there would, and no worker would be made for it.
 * Source: learn.microsoft.com/azure/aks/use-system-pools, which allows a system pool this taint only.
 */
const SYSTEM_TAINTS = ["CriticalAddonsOnly=true:NoSchedule"] as const;

/** Label and taint that AKS puts on Spot pools; written out, so that a later look at the pool shows no difference. */
const SPOT = "kubernetes.azure.com/scalesetpriority";

/** What all pools of a cluster have. */
function common(cluster: Cluster, vmSize: string) {
  return {
    vmSize,
    osType: OSType.Linux,
    osSKU: OSSKU.Ubuntu,
    // Machines of the v5 line without `d` have no local disk to hold an ephemeral one.
    osDiskType: OSDiskType.Managed,
    enableEncryptionAtHost: true,
    enableNodePublicIP: false,
    securityProfile: { enableSecureBoot: true, enableVTPM: true },
    ...(cluster.zones.length > 0 ? { availabilityZones: [...cluster.zones] } : {}),
  };
}

const SURGE = { upgradeSettings: { maxSurge: "33%", drainTimeoutInMinutes: 30 } } as const;

/** The system pool, which Azure demands inside the cluster itself. */
export function systemPool(cluster: Cluster) {
  const { name, vmSize, count }: FixedPool = cluster.pools.system;
  return {
    name,
    count,
    mode: AgentPoolMode.System,
    nodeTaints: [...SYSTEM_TAINTS],
    ...common(cluster, vmSize),
    ...SURGE,
  };
}

/** The pools of a cluster beside the system pool: for the ingress gateway, and those that the cluster autoscaler sizes. */
export function userPools(cluster: Cluster) {
  const { ingress } = cluster.pools;
  const { capacity } = cluster;
  return [
    ...(ingress ? [ingressPool(cluster, ingress)] : []),
    ...(capacity.nodes === "autoscaler" ? [spotPool(cluster, capacity.spot)] : []),
    ...(capacity.nodes === "autoscaler" && capacity.onDemandFallback
      ? [fallbackPool(cluster, capacity.onDemandFallback)]
      : []),
  ];
}

function ingressPool(cluster: Cluster, { name, vmSize, count }: FixedPool) {
  return {
    name,
    autoscaled: false,
    spec: {
      ...common(cluster, vmSize),
      ...SURGE,
      mode: AgentPoolMode.User,
      count,
      nodeLabels: { ...INGRESS_LABELS },
    },
  };
}

function spotPool(cluster: Cluster, pool: AutoscaledPool) {
  return {
    name: pool.name,
    autoscaled: true,
    spec: {
      ...autoscaled(cluster, pool),
      scaleSetPriority: ScaleSetPriority.Spot,
      scaleSetEvictionPolicy: ScaleSetEvictionPolicy.Delete,
      // Never evicted for its price: at most that of a Regular machine.
      spotMaxPrice: -1,
      nodeLabels: { [SPOT]: "spot" },
      nodeTaints: [`${SPOT}=spot:NoSchedule`],
    },
  };
}

function fallbackPool(cluster: Cluster, pool: AutoscaledPool) {
  return { name: pool.name, autoscaled: true, spec: { ...autoscaled(cluster, pool), ...SURGE } };
}

function autoscaled(cluster: Cluster, { vmSize, min, max }: AutoscaledPool) {
  return {
    ...common(cluster, vmSize),
    mode: AgentPoolMode.User,
    enableAutoScaling: true,
    count: min,
    minCount: min,
    maxCount: max,
  };
}
