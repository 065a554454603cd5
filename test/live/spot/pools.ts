import type { KubernetesObject } from "../../../base/object";
import { KWOK_NODE_CLASS } from "../../../cli/live/karpenter";
import { clusterOf, type Fleet } from "../../../clusters/fleet";
import { overlayOf } from "../../../clusters/overlays";
import { renderCluster } from "../../../main";

/** A NodePool, as far as the drills change it. */
export interface NodePool extends KubernetesObject {
  readonly spec: {
    readonly weight: number;
    readonly limits: { readonly cpu: string };
    readonly disruption: Readonly<Record<string, unknown>>;
    readonly template: { readonly spec: Readonly<Record<string, unknown>> };
  };
}

/** What differs from the fleet as it is. */
export interface PoolChanges {
  /** The fleet's switch of the same name. */
  readonly onDemandFallback?: boolean;
  /** In place of the fleet's own, which is too long to wait for. */
  readonly consolidateAfter?: string;
}

/**
 * The NodePools of a cluster as the fleet renders them, except for their machines, which kwok makes. Copies under names of their own: the
 * class of a NodePool's machines cannot be changed, and those of Flux stay as they are, as this Karpenter looks after no machines of Azure.
 */
export function nodePools(fleet: Fleet, cluster: string, changes: PoolChanges = {}): readonly NodePool[] {
  const { onDemandFallback, consolidateAfter } = changes;
  const rendered = renderCluster(onDemandFallback ? withFallback(fleet, cluster) : fleet, cluster, overlayOf(cluster));
  return rendered.components
    .flatMap(({ objects }) => objects)
    .filter((object): object is NodePool => object.kind === "NodePool")
    .map(({ spec, ...object }) => ({
      ...object,
      metadata: { name: `${object.metadata.name}-drill` },
      spec: {
        ...spec,
        disruption: { ...spec.disruption, ...(consolidateAfter && { consolidateAfter }) },
        template: { ...spec.template, spec: { ...spec.template.spec, nodeClassRef: KWOK_NODE_CLASS } },
      },
    }));
}

function withFallback(fleet: Fleet, name: string): Fleet {
  const cluster = clusterOf(fleet, name);
  const { capacity } = cluster;
  if (capacity.nodes !== "karpenter") throw new Error(`Karpenter makes no nodes for ${name}`);
  const changed = { ...cluster, capacity: { ...capacity, onDemandFallback: true } };
  return { ...fleet, clusters: fleet.clusters.map((each) => (each === cluster ? changed : each)) };
}
