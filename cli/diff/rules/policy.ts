import { valueAt } from "../../validate/types";
import { pairAt } from "../entry";
import { canonical } from "../values";
import { lists, validations } from "./policy-expressions";
import type { Check, RuleDocs } from "./rule";
import { isDeleted, listed, newIn, objectsAt, pathsUnder, shown, textsAt } from "./values";

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

const FORCE: Readonly<Record<string, number>> = {
  Deny: 2,
  Enforce: 2,
  enforce: 2,
  Fail: 2,
  Warn: 1,
  Audit: 1,
  audit: 1,
  Ignore: 0,
};

const actions: Check = (delta, _world, report) => {
  for (const path of [
    ["spec", "validationActions"],
    ["spec", "validationFailureAction"],
    ["spec", "failurePolicy"],
  ]) {
    const [before, after] = pairAt(delta, ...path);
    const isWeaker = force(before, path) > force(after, path);
    if (isWeaker)
      report(
        "policy/weaker-action",
        `${path.join(".")} goes from ${shown(before)} to ${shown(after)}`,
        pathsUnder(delta, path.join(".")),
      );
  }
  for (const list of ["rules", "webhooks"]) {
    const old = new Map(objectsAt(delta.before?.content, ...where(list)).map((rule) => [String(rule["name"]), rule]));
    for (const rule of objectsAt(delta.after?.content, ...where(list))) {
      const was = old.get(String(rule["name"]));
      if (!was) continue;
      for (const path of [["validate", "failureAction"], ["failurePolicy"]]) {
        const [one, other] = [valueAt(was, ...path), valueAt(rule, ...path)];
        if (force(one, path) > force(other, path))
          report(
            "policy/weaker-action",
            `${shown(rule["name"])}: ${path.join(".")} goes from ${shown(one)} to ${shown(other)}`,
            pathsUnder(delta, where(list).join(".")),
          );
      }
    }
  }
};

function where(list: string): readonly string[] {
  return list === "rules" ? ["spec", "rules"] : [list];
}

/** What is left out fails closed (admissionregistration.k8s.io/v1 `failurePolicy`), denies (Kyverno `validationActions`) or audits (`validationFailureAction`). */
function force(value: unknown, path: readonly string[]): number {
  if (Array.isArray(value)) return Math.max(0, ...value.map((item) => FORCE[String(item)] ?? 0));
  if (value === undefined) return ["validationActions", "failurePolicy"].includes(path.at(-1) ?? "") ? 2 : 1;
  return FORCE[String(value)] ?? 0;
}

const MATCHES = ["matchConstraints", "matchResources"];

const matching: Check = (delta, _world, report) => {
  const say = (what: string, ...places: string[]) =>
    report("policy/narrower-match", what, pathsUnder(delta, ...places));
  for (const field of MATCHES) {
    const place = `spec.${field}`;
    const [before, after] = pairAt(delta, "spec", field);
    const lost = [...rulesIn(before, "resourceRules")].filter((rule) => !rulesIn(after, "resourceRules").has(rule));
    if (lost.length > 0) say(`no longer matches ${listed(lost)}`, `${place}.resourceRules`);
    const spared = [...rulesIn(after, "excludeResourceRules")].filter(
      (rule) => !rulesIn(before, "excludeResourceRules").has(rule),
    );
    if (spared.length > 0) say(`leaves out ${listed(spared)}`, `${place}.excludeResourceRules`);
    for (const selector of ["namespaceSelector", "objectSelector"]) {
      const fewer = narrowerSelector(valueAt(before, selector), valueAt(after, selector));
      if (fewer.length > 0) say(`${selector}: ${listed(fewer)}`, `${place}.${selector}`);
    }
  }
  const conditions = (content: unknown) =>
    objectsAt(content, "spec", "matchConditions").map(({ expression }) => shown(expression));
  const added = newIn(conditions(delta.before?.content), conditions(delta.after?.content));
  if (added.length > 0) say(`only where ${listed(added)}`, "spec.matchConditions");
  const [had, has] = [delta.before, delta.after].map(
    (entry) =>
      new Set([
        ...objectsAt(entry?.content, "spec", "rules").map((rule) => canonical(rule["match"] ?? null)),
        ...objectsAt(entry?.content, "webhooks").map((hook) =>
          canonical([hook["rules"] ?? null, hook["namespaceSelector"] ?? null]),
        ),
      ]),
  );
  if (had && has && [...had].some((match) => !has.has(match)))
    say("a rule matches otherwise", "spec.rules", "webhooks");
};

function rulesIn(match: unknown, field: string): ReadonlySet<string> {
  const all = new Set<string>();
  for (const rule of objectsAt(match, field)) {
    for (const group of textsAt(rule, "apiGroups")) {
      for (const resource of textsAt(rule, "resources")) {
        for (const verb of textsAt(rule, "operations"))
          all.add(`${verb} ${resource}${group === "" ? "" : `.${group}`}`);
      }
    }
  }
  return all;
}

/** Requirements that a selector gains, and values that it gains to leave out or loses to take in. */
function narrowerSelector(before: unknown, after: unknown): readonly string[] {
  const labels = (selector: unknown) =>
    Object.entries(valueAt(selector, "matchLabels") ?? {}).map(([key, value]) => `${key}=${String(value)}`);
  const found = newIn(labels(before), labels(after)).map((label) => `only ${label}`);
  const old = new Map(objectsAt(before, "matchExpressions").map((one) => [`${one["operator"]} ${one["key"]}`, one]));
  for (const one of objectsAt(after, "matchExpressions")) {
    const was = old.get(`${one["operator"]} ${one["key"]}`);
    if (!was) found.push(`${shown(one["operator"])} ${shown(one["key"])} ${textsAt(one, "values").join(" ")}`.trim());
    else if (one["operator"] === "NotIn")
      found.push(...newIn(textsAt(was, "values"), textsAt(one, "values")).map((value) => `not in ${value}`));
    else if (one["operator"] === "In")
      found.push(...newIn(textsAt(one, "values"), textsAt(was, "values")).map((value) => `no longer in ${value}`));
  }
  return found;
}
