import { accepts, demo, fleet, problems, reports } from "../support";

/** The changes that give app2 another name everywhere. */
const renamed = (name: string) => ({ "clusters.2.name": name, "identities.4.clusters": [name] });

/** The changes that add a cluster like app2, both with new names. */
const twins = (one: string, other: string) => {
  const app2 = fleet.clusters[2];
  const network = { ...app2?.network, vnet: "10.4.0.0/16", nodes: "10.4.0.0/20" };
  return {
    ...renamed(one),
    "clusters.3": { ...app2, name: other, network },
    "identities.4.clusters": [one, other],
  };
};

describe("a name is refused", () => {
  reports([
    [
      "a cluster called like the common group",
      renamed("common"),
      "clusters[2] (common).name",
      'makes the name of the resource group "rg-k8s-demo-common", which is already that of what all clusters share',
      "another name",
    ],
    [
      "a cluster called like another's machines",
      renamed("app1-nodes"),
      "clusters[2] (app1-nodes).name",
      'the resource group "rg-k8s-demo-app1-nodes", which is already that of app1',
      "another name",
    ],
    [
      "a cluster that differs from another only where Azure's name is cut",
      twins("application-cluster-north", "application-cluster-south"),
      "clusters[3] (application-cluster-south).name",
      "makes the name of the collection of metrics",
      "another name",
    ],
    [
      "a cluster with a long name",
      renamed("application-cluster-two-of-the-fleet-in-korea1"),
      "clusters[2] (application-cluster-two-of-the-fleet-in-korea1).name",
      "makes the name of the API server",
      "by a character together",
    ],
    [
      "a fleet and a cluster with long names",
      { name: "kubernetes-platform-of-example-company", ...renamed("application-cluster-north-1") },
      "clusters[2] (application-cluster-north-1).name",
      "66 characters of at most 54",
      "by 12 characters together",
    ],
    [
      "a cluster that stops at night and has a long name",
      { "clusters.2.name": "application-cluster-two", "identities.3.clusters": ["application-cluster-two"] },
      "clusters[2] (application-cluster-two).name",
      'makes the name of the start workflow "logic-k8s-demo-application-cluster-two-start"',
      "by a character together",
      demo,
    ],
    [
      "an identity called like the cluster's own",
      { "identities.4.name": "kubelet" },
      "identities[4] (kubelet).name",
      '"kubelet" makes the Azure name id-k8s-demo-app2-kubelet, which is already that of app2 itself',
      "another name",
    ],
  ]);
});

test("two identities that would have one Azure name are refused", () => {
  const clusters = [...fleet.clusters.slice(0, 2), { ...fleet.clusters[2], name: "app1-x" }];
  const [certManager, externalSecrets, kiali, storefront, ledger] = fleet.identities;
  const renamedStorefront = { ...storefront, name: "x-ledger" };
  const identities = [certManager, externalSecrets, kiali, renamedStorefront, { ...ledger, clusters: ["app1-x"] }];
  expect(problems({ clusters, identities })).toEqual([
    'identities[4] (ledger).name "ledger" makes the Azure name id-k8s-demo-app1-x-ledger, which is already that of the identity x-ledger',
  ]);
});

describe("a name is accepted", () => {
  accepts([
    ["as long as Azure takes", renamed("application-cluster-two-of-the-fleet-in-korea")],
    ["two that differ early enough", twins("north-application-cluster", "south-application-cluster")],
  ]);
});
