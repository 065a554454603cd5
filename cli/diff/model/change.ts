import type { ObjectRef } from "../../validate/types";
import type { Severity } from "./severity";

/** What became of an object. */
export type Status = "added" | "removed" | "changed" | "moved" | "renamed";

/** Objects by what became of them. */
export type Counts = Readonly<Record<Status | "all", number>>;

/** One object that differs, on every cluster where it differs in the same way. */
export interface Change {
  /** Stable while the change stays the same; letters and digits, fit for an HTML id or a URL fragment. */
  readonly id: string;
  readonly status: Status;
  /** The object as it will be, or as it was where it is removed. */
  readonly object: ObjectRef;
  /** Its Flux Kustomization, which is its folder in the tree; where it is removed, the one it was in. */
  readonly component: string;
  /** Where it was, if it is `moved` (other component) or `renamed` (other name or namespace, same content). */
  readonly was?: Place;
  /** Sorted. */
  readonly clusters: readonly string[];
  /** For each of `clusters` its file in the tree, below the folder `dist`; the old file where it is removed. */
  readonly files: readonly string[];
  /**
   * What differs, in the order of the manifest. An added or removed object is one entry with an empty path and the whole object.
   * `<cluster>` in a value stands for the name of each cluster.
   */
  readonly fields: readonly FieldChange[];
  /** What happens to it in the cluster, most important first; never empty. */
  readonly effects: readonly Effect[];
  /** Worst of its findings; `info` without one. */
  readonly severity: Severity;
}

/** A place in a cluster's tree. */
export interface Place {
  readonly component: string;
  readonly namespace?: string;
  readonly name: string;
}

/** One field that differs. `before` is missing where it is new, `after` where it is gone. */
export interface FieldChange {
  /** For example `spec.template.spec.containers[name=app].image`, `metadata.labels["app.kubernetes.io/name"]`, `spec.rules[2]`. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** The entries of a list are the same but stand in another order; `before` and `after` list their keys. */
  readonly reordered?: true;
}

/** What happens to an object, in an operator's words. */
export interface Effect {
  readonly kind: EffectKind;
  /** For example `rolls pods of 3 to 9 replicas`. */
  readonly text: string;
}

/** The effects there are. */
export type EffectKind =
  | "created"
  | "updated"
  | "rolls-pods"
  | "refused"
  | "pruned"
  | "orphaned"
  | "recreated"
  | "handed-over"
  | "replaces-nodes"
  | "reissues-certificate"
  | "restarts-gateway"
  | "reconfigures-gateway"
  | "upgrades-chart"
  | "uninstalls-chart"
  | "scales"
  | "not-applied";
