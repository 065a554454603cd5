import type { Change, Counts } from "./model/change";
import type { ImageChange, InfraChange, VariableChange, VersionChange } from "./model/extract";
import type { Finding, RuleText } from "./model/finding";
import type { ClusterImpact } from "./model/impact";
import type { Severity } from "./model/severity";

export type { ObjectRef } from "../validate/types";
export type { Change, Counts, Effect, EffectKind, FieldChange, Place, Status } from "./model/change";
export type { ImageChange, InfraChange, Step, VariableChange, VersionChange } from "./model/extract";
export type { Approval, Finding, RuleText } from "./model/finding";
export type { ClusterImpact, KustomizationImpact, WorkloadImpact } from "./model/impact";
export { bySeverity, SEVERITIES, type Severity, worst } from "./model/severity";

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
