import { accepts, fleet, problems, reports } from "../support";

const batch = {
  name: "batch",
  component: "workloads",
  clusters: ["app2"],
  namespace: "ledger",
  serviceAccount: "batch",
  roles: [],
};
const added = (changes: object) => ({ "identities.5": { ...batch, ...changes } });

describe("an identity is refused", () => {
  reports([
    [
      "in capitals",
      added({ name: "Batch" }),
      "identities[5] (Batch).name",
      '"Batch" cannot name an identity',
      "cert-manager",
    ],
    ["without a name", added({ name: "" }), "identities[5].name", "cannot name an identity", "cert-manager"],
    [
      "with a name twice",
      added({ name: "ledger" }),
      "identities[5] (ledger).name",
      "already the name of identities[4]",
      "a name of its own",
    ],
    [
      "with the platform's variable",
      added({ name: "kiali-oauth" }),
      "identities[5] (kiali-oauth).name",
      "KIALI_OAUTH_CLIENT_ID, which is the platform's own",
      "another name",
    ],
    [
      "without clusters",
      added({ clusters: [] }),
      "identities[5] (batch).clusters",
      "exists nowhere",
      "list the clusters",
    ],
    [
      "on an unknown cluster",
      added({ clusters: ["app2", "ap2"] }),
      "identities[5] (batch).clusters[1]",
      '"ap2" is not a cluster of the fleet',
      'did you mean "app2"?',
    ],
    [
      "on a cluster that is nothing like any",
      added({ clusters: ["app2", "production"] }),
      "identities[5] (batch).clusters[1]",
      '"production"',
      "write mgmt, app1 or app2",
    ],
    [
      "on a cluster twice",
      added({ clusters: ["app2", "app2"] }),
      "identities[5] (batch).clusters[1]",
      '"app2" is listed already',
      "remove",
    ],
    [
      "on a cluster without its component",
      added({ clusters: ["app2", "mgmt"] }),
      "identities[5] (batch).clusters[1]",
      "mgmt does not run workloads",
      "applications",
    ],
    [
      "of an add-on on a cluster without it",
      { "identities.0.clusters": ["mgmt", "app1", "app2"] },
      "identities[0] (cert-manager).clusters[2]",
      "app2 does not run cert-manager",
      "addons",
    ],
    [
      "of a component that is none",
      added({ component: "workload" }),
      "identities[5] (batch).component",
      '"workload"',
      'did you mean "workloads"?',
    ],
    [
      "in a namespace that no team has",
      added({ namespace: "ledgr" }),
      "identities[5] (batch).namespace",
      '"ledgr" is not an application namespace of app2',
      'did you mean "ledger"?',
    ],
    [
      "with another's subject on one cluster",
      added({ serviceAccount: "ledger" }),
      "identities[5] (batch).serviceAccount",
      "system:serviceaccount:ledger:ledger on app2 is already the subject of identities[4]",
      "of its own",
    ],
    [
      "with a service account that Kubernetes refuses",
      added({ serviceAccount: "Batch_1" }),
      "identities[5] (batch).serviceAccount",
      "not a name that Kubernetes takes",
      "lower-case",
    ],
    [
      "of an add-on with another service account than its chart's",
      { "identities.0.serviceAccount": "certs" },
      "identities[0] (cert-manager).serviceAccount",
      '"certs" is not where cert-manager runs',
      'write "cert-manager"',
    ],
    [
      "of an add-on in another namespace than its chart's",
      { "identities.0.namespace": "certs" },
      "identities[0] (cert-manager).namespace",
      '"certs" is not where cert-manager runs',
      'write "cert-manager"',
    ],
  ]);
});

test("names that differ in a dash only make one variable", () => {
  expect(problems({ ...added({ name: "ledger_" }), "identities.4.name": "ledger-" })).toContain(
    'identities[5] (ledger_).name "ledger_" makes the variable LEDGER__CLIENT_ID, as "ledger-" does',
  );
});

test("two identities with one subject on many clusters are one problem", () => {
  const twin = { ...fleet.identities[0], name: "twin" };
  expect(problems({ "identities.5": twin })).toEqual([expect.stringContaining("on mgmt is already the subject")]);
});

describe("an identity is accepted", () => {
  accepts([
    ["another of the same team", added({})],
    ["one subject on two clusters", { "identities.0.clusters": ["app1", "mgmt"] }],
    ["of what every cluster runs", added({ component: "monitoring", clusters: ["mgmt"], namespace: "tools" })],
  ]);
});
