import type { RuleDocs } from "./rule";

/** What is about clusters, variables, Azure and the gate, not about one object. */
export const WHOLE = {
  "cluster/added": {
    severity: "notice",
    title: "A cluster joins the tree",
    doc: "The infra program must make it and its root Kustomization.",
  },
  "cluster/removed": {
    severity: "danger",
    title: "A cluster leaves the tree",
    doc: "Its root Kustomization finds no folder and fails: nothing is deleted there, and nothing updated either. Take the cluster down with the infra program, or delete its Flux configuration first.",
  },
  "tree/unexpected-file": {
    severity: "warning",
    title: "A file of the tree is no manifest in its place",
    doc: "Flux may read it all the same (a kustomization.yaml replaces the listing of a folder), and this comparison cannot.",
  },
  "variable/appeared": {
    severity: "warning",
    title: "A variable is new",
    doc: "The infra program must produce it before this is merged: Flux puts nothing in its place until then (strict mode: the Kustomization fails).",
  },
  "variable/disappeared": {
    severity: "notice",
    title: "A variable is no longer produced",
    doc: "Nothing uses it any more. The infra program may stop passing it.",
  },
  "variable/undefined": {
    severity: "danger",
    title: "A variable is used and nothing produces it",
    doc: "Flux puts nothing in its place, or refuses the Kustomization (strict mode). Name it in variablesOf (clusters/model/variables.ts).",
  },
  "infra/replaced": {
    severity: "danger",
    title: "An Azure resource is replaced",
    doc: "Pulumi deletes it and makes it anew, with what is in it. Read `pulumi preview`, and protect what must stay.",
  },
  "infra/removed": {
    severity: "danger",
    title: "An Azure resource is deleted",
    doc: "It leaves the infra program. Read `pulumi preview`.",
  },
  "infra/subject": {
    severity: "danger",
    title: "A federated credential trusts another subject",
    doc: "Tokens of the old service account are refused as soon as it is applied.",
  },
  "infra/changed": {
    severity: "notice",
    title: "An Azure resource is updated",
    doc: "In place, as far as its provider says.",
  },
  "infra/added": {
    severity: "info",
    title: "An Azure resource is created",
    doc: "It is new in the infra program.",
  },
  "waiver/unused": {
    severity: "danger",
    title: "A waiver approves nothing",
    doc: "It would approve the next such change unseen. Remove it from clusters/waivers.yaml.",
  },
  "waiver/expired": {
    severity: "danger",
    title: "A waiver is past its last day",
    doc: "Remove it, or have it approved anew with another day.",
  },
  "waiver/too-wide": {
    severity: "danger",
    title: "A waiver approves more than one thing",
    doc: "A waiver names one rule and one object on named clusters, without wildcards, for at most 90 days.",
  },
} as const satisfies RuleDocs;
