import { type CorpusCase, container } from "./case";
import { added, edit, replaced, without } from "./edit";

/** What may be done, and by whom: policies, privileges, identities, secrets. */
export const GUARDS: readonly CorpusCase[] = [
  {
    name: "widen the allow-list of registries",
    after: () => replaced(/restrict-image-registries/, '"quay.io/"', '"quay.io/", "docker.io/"'),
    expected: ["danger policy/allow-list-wider app1 app2"],
  },
  {
    name: "exempt a namespace from a policy",
    after: () =>
      edit(/app1.*disallow-privileged/, (o) => {
        o.spec.matchConstraints.namespaceSelector.matchExpressions[0].values.push("storefront");
      }),
    expected: ["danger policy/narrower-match app1"],
  },
  {
    name: "turn a policy from Deny to Audit",
    after: () =>
      edit(/require-resource-limits/, (o) => {
        o.spec.validationActions = ["Audit"];
      }),
    expected: ["danger policy/weaker-action app1 app2"],
  },
  {
    name: "remove a policy",
    after: () => without(/validatingpolicy\.require-labels/),
    expected: ["danger policy/removed app1 app2", "notice prune/object app1 app2"],
  },
  {
    name: "let a namespace run anything",
    after: () =>
      edit(/namespace\.storefront/, (o) => {
        delete o.metadata.labels["pod-security.kubernetes.io/enforce"];
      }),
    expected: ["danger psa/lower app1"],
  },
  {
    name: "make a container privileged",
    after: () =>
      edit(/deployment\.ledger/, (o) => {
        container(o).securityContext = { privileged: true };
      }),
    expected: [
      "danger security/capabilities app2",
      "danger security/privileged app2",
      "warning security/confinement app2",
      "warning security/escalation app2",
    ],
  },
  {
    name: "let a service account act as another identity",
    after: () => replaced(/app1.*serviceaccount\.storefront/, "${STOREFRONT_CLIENT_ID}", "${KIALI_CLIENT_ID}"),
    expected: ["danger identity/client app1"],
  },
  {
    name: "bind somebody to cluster-admin",
    after: () =>
      added("mgmt/kiali/clusterrolebinding.dev.yaml", {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRoleBinding",
        metadata: { name: "dev" },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
        subjects: [{ kind: "User", name: "dev@example.com", apiGroup: "rbac.authorization.k8s.io" }],
      }),
    expected: ["danger rbac/cluster-admin mgmt"],
  },
  {
    name: "put a password into Git",
    after: () =>
      added("app2/secrets/secret.ledger.database.yaml", {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "database", namespace: "ledger" },
        stringData: { password: "correct horse" },
      }),
    expected: ["danger data/secret-in-git app2"],
  },
  {
    name: "read another secret from the vault",
    after: () => replaced(/secretproviderclass\.ledger/, "ledger-database-password", "ledger-other-password"),
    expected: ["warning secrets/source app2"],
  },
];
