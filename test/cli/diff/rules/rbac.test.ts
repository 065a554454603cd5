import { object } from "../trees";
import { change, testRules } from "./cases";

const role = (rules: readonly object[]) => object("rbac.authorization.k8s.io/v1", "ClusterRole", { rules }, "it", null);
const read = { apiGroups: [""], resources: ["configmaps"], verbs: ["get"] };
const binding = (name: string, subjects: readonly object[]) =>
  object(
    "rbac.authorization.k8s.io/v1",
    "ClusterRoleBinding",
    { roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name }, subjects },
    "it",
    null,
  );
const anna = { kind: "User", name: "anna" };

testRules("Who may do what in the cluster", {
  "rbac/wildcard": {
    hit: [
      [role([read]), role([read, { ...read, verbs: ["*"] }])],
      [undefined, role([{ ...read, resources: ["*"] }])],
      [role([read]), role([{ ...read, apiGroups: ["*"] }])],
    ],
    miss: [
      [role([{ ...read, verbs: ["*"] }]), role([read])],
      [role([read]), role([{ ...read, verbs: ["get", "list"] }])],
    ],
  },
  "rbac/powerful": {
    hit: [
      [role([read]), role([read, { ...read, resources: ["secrets"] }])],
      [undefined, role([{ ...read, resources: ["pods/exec"], verbs: ["create"] }])],
      [role([read]), role([{ ...read, verbs: ["impersonate"] }])],
    ],
    miss: [
      [role([read]), role([{ ...read, resources: ["pods"] }])],
      [role([{ ...read, resources: ["secrets"] }]), role([read])],
    ],
  },
  "rbac/cluster-admin": {
    hit: [
      [undefined, binding("cluster-admin", [anna])],
      [binding("cluster-admin", []), binding("cluster-admin", [anna])],
    ],
    miss: [
      [undefined, binding("view", [anna])],
      [binding("cluster-admin", [anna, { kind: "User", name: "bert" }]), binding("cluster-admin", [anna])],
    ],
  },
  "rbac/wider": {
    hit: [
      [role([read]), role([{ ...read, verbs: ["get", "list"] }])],
      [binding("view", []), binding("view", [anna])],
    ],
    miss: [
      [role([{ ...read, verbs: ["get", "list"] }]), role([read])],
      change(role([read]), { metadata: { labels: { a: "b" } } }),
    ],
  },
});
