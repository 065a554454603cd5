import { object, patched } from "../trees";
import { change, testRules } from "./cases";

const rule = { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["pods"] };
const selector = (values: readonly string[]) => ({
  matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values }],
});
const policy = object(
  "policies.kyverno.io/v1",
  "ValidatingPolicy",
  {
    spec: {
      failurePolicy: "Fail",
      validationActions: ["Deny"],
      matchConstraints: { namespaceSelector: selector(["kube-system"]), resourceRules: [rule] },
      variables: [
        {
          name: "foreign",
          expression: 'variables.images.filter(i, !["mcr.microsoft.com/", "quay.io/"].exists(p, i.startsWith(p)))',
        },
      ],
      validations: [{ expression: "size(variables.foreign) == 0" }],
    },
  },
  "it",
  null,
);
const spec = (patch: object) => change(policy, { spec: patch });
const back = (patch: object) => [patched(policy, { spec: patch }), policy] as const;
const images = (list: string) => ({
  variables: [{ name: "foreign", expression: `variables.images.filter(i, ![${list}].exists(p, i.startsWith(p)))` }],
});
const cluster = object(
  "kyverno.io/v1",
  "ClusterPolicy",
  { spec: { rules: [{ name: "a", validate: { failureAction: "Enforce" } }] } },
  "it",
  null,
);
const namespace = (labels: Record<string, string>) => object("v1", "Namespace", { metadata: { labels } }, "team", null);
const psa = "pod-security.kubernetes.io";

testRules("What admission forbids", {
  "policy/weaker-action": {
    hit: [
      spec({ validationActions: ["Audit"] }),
      spec({ validationActions: ["Warn"] }),
      spec({ failurePolicy: "Ignore" }),
      change(cluster, { spec: { rules: [{ name: "a", validate: { failureAction: "Audit" } }] } }),
    ],
    miss: [
      back({ validationActions: ["Audit"] }),
      spec({ validationActions: ["Deny", "Audit"] }),
      spec({ failurePolicy: undefined }),
    ],
  },
  "policy/removed": { hit: [[policy, undefined]], miss: [[undefined, policy]] },
  "policy/narrower-match": {
    hit: [
      spec({ matchConstraints: { namespaceSelector: selector(["kube-system", "team"]) } }),
      spec({ matchConstraints: { resourceRules: [{ ...rule, operations: ["CREATE"] }] } }),
      spec({ matchConstraints: { excludeResourceRules: [rule] } }),
      spec({ matchConstraints: { objectSelector: { matchLabels: { checked: "true" } } } }),
      spec({ matchConditions: [{ name: "a", expression: "false" }] }),
    ],
    miss: [
      back({ matchConstraints: { namespaceSelector: selector(["kube-system", "team"]) } }),
      spec({ matchConstraints: { resourceRules: [rule, { ...rule, resources: ["services"] }] } }),
      spec({ matchConstraints: { namespaceSelector: undefined } }),
    ],
  },
  "policy/validation-removed": {
    hit: [spec({ validations: [] })],
    miss: [spec({ validations: [{ expression: "size(variables.foreign) == 0" }, { expression: "true" }] })],
  },
  "policy/validation-changed": {
    hit: [
      spec({ validations: [{ expression: "true" }] }),
      spec({ variables: [{ name: "foreign", expression: "[]" }] }),
    ],
    miss: [spec(images('"mcr.microsoft.com/"'))],
  },
  "policy/allow-list-wider": {
    hit: [spec(images('"mcr.microsoft.com/", "quay.io/", "docker.io/"'))],
    miss: [spec(images('"quay.io/", "mcr.microsoft.com/"')), spec(images('"quay.io/"'))],
  },
  "policy/stricter": {
    hit: [
      spec(images('"quay.io/"')),
      spec({ validations: [{ expression: "size(variables.foreign) == 0" }, { expression: "true" }] }),
    ],
    miss: [spec({ validations: [] })],
  },
  "policy/exception": {
    hit: [[undefined, object("policies.kyverno.io/v1", "PolicyException", { spec: { policyRefs: [{ name: "it" }] } })]],
    miss: [[object("policies.kyverno.io/v1", "PolicyException", { spec: {} }), undefined]],
  },
  "psa/lower": {
    hit: [
      [namespace({ [`${psa}/enforce`]: "restricted" }), namespace({ [`${psa}/enforce`]: "baseline" })],
      [namespace({ [`${psa}/enforce`]: "baseline" }), namespace({})],
    ],
    miss: [
      [namespace({ [`${psa}/enforce`]: "baseline" }), namespace({ [`${psa}/enforce`]: "restricted" })],
      [namespace({ [`${psa}/warn`]: "restricted" }), namespace({})],
    ],
  },
  "psa/less-told": {
    hit: [
      [namespace({ [`${psa}/warn`]: "restricted" }), namespace({})],
      [namespace({ [`${psa}/enforce-version`]: "v1.35" }), namespace({ [`${psa}/enforce-version`]: "v1.30" })],
    ],
    miss: [
      [namespace({}), namespace({ [`${psa}/warn`]: "restricted" })],
      [namespace({ [`${psa}/enforce-version`]: "v1.30" }), namespace({ [`${psa}/enforce-version`]: "latest" })],
    ],
  },
});
