import { valueAt } from "../../validate/types";
import { actions } from "./policy-actions";
import { lists, validations } from "./policy-expressions";
import { matching } from "./policy-matches";
import type { Check, RuleDocs } from "./rule";
import { isDeleted, pathsUnder, shown } from "./values";

/** What admission forbids. */
export const POLICY = {
  "policy/weaker-action": {
    severity: "danger",
    title: "A policy stops denying",
    doc: "Deny becomes Audit or Warn, or failurePolicy Fail becomes Ignore: what was forbidden is created, and at most reported.",
  },
  "policy/removed": {
    severity: "danger",
    title: "A policy or its binding goes",
    doc: "Nothing forbids any more what it forbade.",
  },
  "policy/narrower-match": {
    severity: "danger",
    title: "A policy looks at less",
    doc: "Resources or operations are taken out, namespaces are exempt, or a condition is added: what no longer matches is no longer checked.",
  },
  "policy/validation-removed": {
    severity: "danger",
    title: "A policy loses a validation",
    doc: "One of its expressions is gone.",
  },
  "policy/validation-changed": {
    severity: "warning",
    title: "A policy checks something else",
    doc: "An expression differs; whether it allows more cannot be told from its text. Its tests must cover the difference (test/policy).",
  },
  "policy/allow-list-wider": {
    severity: "danger",
    title: "A policy's allow-list grows",
    doc: "Texts are added to a list in an expression, for example a registry. Whoever controls what is added controls what runs.",
  },
  "policy/stricter": {
    severity: "notice",
    title: "A policy forbids more",
    doc: "What already runs is not touched, but may not start again. Run `make test` against the tree, and look at policy reports.",
  },
  "policy/exception": {
    severity: "warning",
    title: "An exception to a policy is made or widened",
    doc: "Say in the pull request who asked for it and until when.",
  },
  "psa/lower": {
    severity: "danger",
    title: "A namespace enforces a lower Pod Security level",
    doc: "restricted, baseline, privileged: each lets pods do more to their node. Source: kubernetes.io/docs/concepts/security/pod-security-standards.",
  },
  "psa/less-told": {
    severity: "notice",
    title: "A namespace warns of or audits less",
    doc: "The level of warn or audit goes down, or the enforced version of the standard.",
  },
} as const satisfies RuleDocs;

/** Kinds that {@link policy} looks at. */
export const POLICY_KINDS = [
  "policies.kyverno.io/ValidatingPolicy",
  "policies.kyverno.io/ImageValidatingPolicy",
  "policies.kyverno.io/PolicyException",
  "kyverno.io/ClusterPolicy",
  "kyverno.io/Policy",
  "kyverno.io/PolicyException",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
];

/** Looks at policies. */
export const policy: Check = (delta, world, report) => {
  if (delta.ref.kind === "PolicyException") {
    if (delta.after && delta.fields.length > 0)
      report(
        "policy/exception",
        `exempts ${shown(valueAt(delta.after.content, "spec", "policyRefs") ?? valueAt(delta.after.content, "spec", "exceptions"))}`,
        pathsUnder(delta, "spec"),
      );
    return;
  }
  if (isDeleted(delta, world))
    report("policy/removed", `${delta.before?.ref.name} is gone, and with it what it forbade`);
  if (!delta.before || !delta.after || delta.status === "renamed") return;
  actions(delta, world, report);
  matching(delta, world, report);
  validations(delta, world, report);
  lists(delta, world, report);
};
