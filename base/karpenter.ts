import type { AKSNodeClass } from "../imports/karpenter.azure.com";
import type { NodePool } from "../imports/karpenter.sh";
import { Component, type Scope } from "./component";
import { add } from "./object";
import { SPOT_TAINT } from "./placement";

/** Props of {@link Karpenter}. */
export interface KarpenterProps {
  /** Zones as Karpenter writes them, `<region>-<number>`. @default any, nodes without zones included */
  readonly zones?: readonly string[];
  /** VM families, for example `D`. */
  readonly families: readonly string[];
  /** Largest machine, in vCPU. */
  readonly maxCpuPerNode: number;
  /** Most that the nodes of a pool together may have: vCPU, and GiB of memory. */
  readonly limits: { readonly cpu: number; readonly memoryGiB: number };
  /** A second pool of Regular machines, used only where no Spot capacity is left. @default false */
  readonly onDemandFallback?: boolean;
  /** Age at which a node is replaced, so that its image stays patched, as a Go duration. @default "720h" */
  readonly expireAfter?: string;
  /** How long a node must be under-used before it is consolidated, as a Go duration. @default "5m" */
  readonly consolidateAfter?: string;
}

/** Name of the one node class. */
const NODE_CLASS = "workers";

/**
 * The machines that AKS node auto-provisioning may create. The controller and its CRDs are AKS's; its own pools are turned off
 * (`defaultNodePools: None`), so that these are the only ones.
 */
export class Karpenter extends Component {
  constructor(scope: Scope, props: KarpenterProps) {
    super(scope, "karpenter");
    add<AKSNodeClass>(this, {
      apiVersion: "karpenter.azure.com/v1beta1",
      kind: "AKSNodeClass",
      metadata: { name: NODE_CLASS },
      // LocalDNS stays off, as it is by default: it answers at a link-local address of the node, which a NetworkPolicy cannot allow
      // under Cilium. Source: learn.microsoft.com/azure/aks/localdns-custom, network policies.
      spec: { imageFamily: "Ubuntu", osDiskSizeGB: 128 },
    });
    add<NodePool>(this, nodePool("spot-workers", "spot", 50, props));
    if (props.onDemandFallback) add<NodePool>(this, nodePool("on-demand-workers", "on-demand", 10, props));
  }
}

/**
 * A pool of one capacity type; the one with the greater weight is tried first.
 * Sources of the rules: karpenter.sh/docs/concepts/nodepools; for what is Azure's, the CRDs and examples of
 * github.com/Azure/karpenter-provider-azure.
 */
function nodePool(name: string, capacityType: "spot" | "on-demand", weight: number, props: KarpenterProps): NodePool {
  const { zones = [], families, maxCpuPerNode, limits, expireAfter = "720h", consolidateAfter = "5m" } = props;
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name },
    spec: {
      weight,
      limits: { cpu: String(limits.cpu), memory: `${limits.memoryGiB}Gi` },
      disruption: {
        consolidationPolicy: "WhenEmptyOrUnderutilized",
        consolidateAfter,
        // Budgets bind consolidation and drift only; neither a Spot eviction nor an expiry waits for them.
        budgets: [
          { nodes: "100%", reasons: ["Empty"] },
          { nodes: "20%", reasons: ["Underutilized", "Drifted"] },
        ],
      },
      template: {
        metadata: {
          labels: {
            // A cluster with Cilium needs the label for a right estimate of a node's overhead, and the startup taint below
            // so that no pod starts before the Cilium agent; AKS adds both to its own pools only.
            "kubernetes.azure.com/ebpf-dataplane": "cilium",
            "kubernetes.azure.com/mode": "user",
          },
        },
        spec: {
          nodeClassRef: { group: "karpenter.azure.com", kind: "AKSNodeClass", name: NODE_CLASS },
          expireAfter,
          // An expired node whose pods may not be evicted goes after this time all the same.
          terminationGracePeriod: "15m",
          startupTaints: [{ key: "node.cilium.io/agent-not-ready", value: "true", effect: "NoExecute" }],
          // AKS puts this taint on Spot pools of scale sets, but not on Karpenter's Spot nodes.
          ...(capacityType === "spot" && { taints: [SPOT_TAINT] }),
          requirements: [
            { key: "karpenter.azure.com/sku-family", operator: "In", values: families },
            { key: "karpenter.azure.com/sku-cpu", operator: "Lt", values: [String(maxCpuPerNode + 1)] },
            { key: "karpenter.sh/capacity-type", operator: "In", values: [capacityType] },
            { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
            { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
            ...(zones.length > 0
              ? [{ key: "topology.kubernetes.io/zone", operator: "In" as const, values: zones }]
              : []),
          ],
        },
      },
    },
  };
}
