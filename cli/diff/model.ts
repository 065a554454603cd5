import type { ObjectRef } from "../validate/types";

export type { ObjectRef } from "../validate/types";

/**
 * What a comparison of two rendered trees gives. Every output (text, Markdown, JSON, SARIF, HTML) renders this and nothing else; as JSON
 * it is described by `docs/diff.schema.json`. All of its text may come from a stranger's pull request: whoever shows it must escape it.
 *
 * Reading order: `summary` says how it ends, `findings` what is dangerous and why (most dangerous first), `changes` what becomes of which
 * object, `clusters` what follows from it. A finding names its change by id. The same change on several clusters is one entry
 * that lists them; numbers in `summary` and `clusters` count every cluster's objects.
 */
export interface DiffResult {
  /** Version of this form; fields are only ever added. */
  readonly version: 1;
  readonly from: Side;
  readonly to: Side;
  readonly summary: Summary;
  /** Most dangerous first, then by object. */
  readonly findings: readonly Finding[];
  /** Most dangerous first, then by component and object. */
  readonly changes: readonly Change[];
  /** Clusters that something changes on, by name. */
  readonly clusters: readonly ClusterImpact[];
  /** Container images of workloads that differ. */
  readonly images: readonly ImageChange[];
  /** Versions of charts, CRDs and the mesh that differ. */
  readonly versions: readonly VersionChange[];
  /** Variables that Flux substitutes and that appear, disappear or have no producer. */
  readonly variables: readonly VariableChange[];
  /** Azure resources that differ; empty unless recordings of both sides were given. */
  readonly infra: readonly InfraChange[];
  /** The rules that findings name, by id, so that a report explains itself. */
  readonly rules: readonly RuleText[];
}

/** How bad something is: only `danger` fails the gate. */
export type Severity = "info" | "notice" | "warning" | "danger";

/** Severities, worst first. */
export const SEVERITIES: readonly Severity[] = ["danger", "warning", "notice", "info"];

/** One of the two desired states. */
export interface Side {
  /** For people, for example `merge base of origin/main and HEAD` or `the working tree, rendered`. */
  readonly label: string;
  readonly kind: "ref" | "folder" | "render";
  /** Full id of the commit, where it is one. */
  readonly commit?: string;
  /** Files of manifests in it. */
  readonly files: number;
}

/** The numbers above everything else. */
export interface Summary {
  /** `clean`: nothing differs. `danger`: an unapproved danger, exit code 1. Else the worst severity. */
  readonly verdict: "clean" | Severity;
  readonly exitCode: 0 | 1;
  /** Objects by what became of them, each cluster's counted; `all` is their sum. */
  readonly objects: Counts;
  /** Entries of `changes`, so after folding. */
  readonly changes: number;
  /** Entries of `findings` by severity. */
  readonly findings: Readonly<Record<Severity, number>>;
  /** Entries of `findings` that fail the gate. */
  readonly blocking: number;
  /** Entries of `findings` that a waiver approves. */
  readonly waived: number;
  /** Clusters that something changes on. */
  readonly clusters: number;
  /** Clusters in either tree. */
  readonly allClusters: number;
  /** Pods that are replaced, as far as manifests say how many there are. */
  readonly pods: number;
  /** Files whose text differs but whose objects do not (comments, order of keys, quotes). */
  readonly sameButText: number;
}

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

/** Something a rule says of a change. */
export interface Finding {
  /** Id of the rule, for example `prune/protected-kind`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is the matter, with the values at fault; one sentence without a full stop. */
  readonly message: string;
  /** The object it is about; missing where it is about a cluster, a variable, an Azure resource or the gate itself. */
  readonly object?: ObjectRef;
  /** Sorted; empty where it is about none. */
  readonly clusters: readonly string[];
  /** Id of the change it belongs to. */
  readonly change?: string;
  /** Paths of the fields at fault, as in the change's `fields`. */
  readonly fields: readonly string[];
  /** Whether it fails the gate: a danger without a waiver. */
  readonly blocking: boolean;
  /** Why it is approved all the same. */
  readonly waiver?: Approval;
}

/** A reviewed consent to one finding. */
export interface Approval {
  readonly reason: string;
  /** Who answers for it. */
  readonly ask: string;
  /** Last day of the consent, `YYYY-MM-DD`. */
  readonly expires: string;
}

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

/** An image of a workload's container, or of a chart's values. */
export interface ImageChange {
  readonly object: ObjectRef;
  readonly container: string;
  readonly before?: string;
  readonly after?: string;
  readonly clusters: readonly string[];
}

/** How far a version goes. */
export type Step = "major" | "minor" | "patch" | "downgrade" | "added" | "removed" | "other";

/** A version that differs. */
export interface VersionChange {
  readonly what: "chart" | "crd" | "mesh";
  /** Of the chart, the CRD, the namespace. */
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
  readonly step: Step;
  readonly clusters: readonly string[];
}

/** A variable that Flux substitutes. */
export interface VariableChange {
  readonly name: string;
  /** `undefined`: manifests name it, and nothing produces it any more. */
  readonly status: "added" | "removed" | "undefined";
  readonly clusters: readonly string[];
  /** Objects that name it, as `Kind namespace/name`, at most ten. */
  readonly usedBy: readonly string[];
}

/** An Azure resource of the infra program that differs. */
export interface InfraChange {
  readonly type: string;
  readonly name: string;
  readonly status: "added" | "removed" | "changed" | "replaced";
  readonly fields: readonly FieldChange[];
  /** Fields that plan the replacement. */
  readonly replacedBy: readonly string[];
}

/** A rule as reports explain it. */
export interface RuleText {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** Why it matters and what to do. */
  readonly doc: string;
}

/** The worst of some severities; undefined of none. */
export function worst(severities: Iterable<Severity>): Severity | undefined {
  const all = new Set(severities);
  return SEVERITIES.find((severity) => all.has(severity));
}

/** Orders severities, worst first. */
export function bySeverity(one: Severity, other: Severity): number {
  return SEVERITIES.indexOf(one) - SEVERITIES.indexOf(other);
}
