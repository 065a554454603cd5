import type { ObjectRef } from "../../validate/types";
import type { Counts, EffectKind } from "./change";
import type { Severity } from "./severity";

/** What changes on one cluster and what follows from it. */
export interface ClusterImpact {
  readonly cluster: string;
  /** Whether the cluster itself comes or goes. */
  readonly status: "added" | "removed" | "changed";
  readonly objects: Counts;
  /** Worst of its findings; missing without one. */
  readonly severity?: Severity;
  /** The whole graph of Flux Kustomizations, in an order in which dependencies come first. */
  readonly kustomizations: readonly KustomizationImpact[];
  /** Workloads whose pods are replaced, created, removed or scaled. */
  readonly workloads: readonly WorkloadImpact[];
}

/** A Flux Kustomization in the graph of its cluster. */
export interface KustomizationImpact {
  readonly name: string;
  /** `changed`: its objects or itself differ. `waits`: it depends on one that does, and is reconciled after it. */
  readonly state: "changed" | "waits" | "unaffected";
  /** Whether it is new, gone, or on both sides. */
  readonly status: "added" | "removed" | "kept";
  /** Names it depends on: those of the new tree, or of the old one where it is gone. */
  readonly dependsOn: readonly string[];
  /** Objects of it that differ. */
  readonly objects: number;
  /** Worst severity of its findings; missing without one. */
  readonly severity?: Severity;
  /** How many Kustomizations wait on it, directly or not. */
  readonly dependents: number;
}

/** A workload that a change touches. */
export interface WorkloadImpact {
  readonly object: ObjectRef;
  readonly component: string;
  readonly effect: EffectKind;
  /** For example `3 to 9`; missing where manifests do not say. */
  readonly replicas?: string;
}
