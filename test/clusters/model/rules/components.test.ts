import { accepts, fleet, problems, reports } from "../support";

/** app2 with Kiali and all that Kiali needs. */
const kialiOnApp2 = {
  "clusters.2.mesh": {},
  "clusters.2.addons": ["kiali"],
  "identities.2.clusters": ["mgmt", "app1", "app2"],
};
const ingress = { domain: "example.com", hosts: {} };

describe("a set of components is refused", () => {
  reports([
    [
      "an add-on twice",
      { "clusters.2.addons": ["kyverno", "kyverno"] },
      "clusters[2] (app2).addons[1]",
      "kyverno is listed already",
      "remove",
    ],
    [
      "an add-on that is none",
      { "clusters.2.addons": ["kyvern"] },
      "clusters[2] (app2).addons[0]",
      '"kyvern"',
      'did you mean "kyverno"?',
    ],
    [
      "Kiali without a mesh",
      { ...kialiOnApp2, "clusters.2.mesh": undefined },
      "clusters[2] (app2).addons",
      "has kiali, which needs a mesh, and app2 has none",
      "mesh: {}",
    ],
    [
      "a meshed team without a mesh",
      { "clusters.2.applications.0.meshed": true },
      "clusters[2] (app2).applications[0] (ledger).meshed",
      "app2 has no mesh",
      "write false",
    ],
    [
      "a gateway without certificates",
      { "clusters.2.mesh": { ingress } },
      "clusters[2] (app2).mesh.ingress",
      "needs cert-manager",
      'add "cert-manager"',
    ],
    [
      "Kiali behind a gateway without a hostname",
      { "clusters.0.mesh.ingress.hosts": {} },
      "clusters[0] (mgmt).mesh.ingress.hosts",
      "no hostname for kiali",
      'kiali: "kiali-mgmt.example.com"',
    ],
    [
      "a hostname for Kiali without Kiali",
      { "clusters.1.addons": ["cert-manager", "external-secrets"], "identities.2.clusters": ["mgmt"] },
      "clusters[1] (app1).mesh.ingress.hosts.kiali",
      "app1 does not run kiali",
      '"kiali"',
    ],
    [
      "an ingress pool without a gateway",
      { "clusters.2.pools.ingress": { name: "ingress", vmSize: "Standard_D2s_v5", count: 3 } },
      "clusters[2] (app2).pools.ingress",
      "is for an ingress gateway, and app2 has none",
      "remove the pool",
    ],
    ...["cert-manager", "external-secrets"].map(
      (addon) =>
        [
          `${addon} without an identity`,
          { "clusters.2.addons": [addon] },
          "clusters[2] (app2).addons",
          `has ${addon}, which acts in Azure but has no identity on app2`,
          `component: "${addon}"`,
        ] as const,
    ),
    [
      "Kiali without an identity",
      { ...kialiOnApp2, "identities.2.clusters": ["mgmt", "app1"] },
      "clusters[2] (app2).addons",
      "has kiali, which acts in Azure",
      'add "app2"',
    ],
  ]);
});

test("a misspelt cluster is told of once, not also as an add-on without identity", () => {
  expect(problems({ "identities.0.clusters": ["mgmt", "ap1"] })).toEqual([
    expect.stringContaining('"ap1" is not a cluster'),
  ]);
});

test("a malformed part is not also a missing one", () => {
  expect(problems({ "clusters.1.mesh": 5 })).toEqual(["clusters[1] (app1).mesh is 5, not an object, a mesh"]);
  expect(problems({ "clusters.1.mesh.ingress": 5 })).toHaveLength(1);
  expect(problems({ "clusters.1.addons.0": "certmanager" })).toHaveLength(1);
  expect(problems({ "clusters.1.applications": 5 })).toHaveLength(1);
  expect(problems({ "clusters.1.name": 5 })).toEqual(["clusters[1].name is 5, not text, the cluster's name"]);
  expect(problems({ "identities.0": 5 })).toHaveLength(1);
  expect(problems({ "identities.0.component": "certmanager" })).toHaveLength(1);
});

describe("a set of components is accepted", () => {
  accepts([
    ["Kiali without a gateway", kialiOnApp2],
    ["a mesh alone", { "clusters.2.mesh": {} }],
    ["no add-on", { "clusters.2.addons": [] }],
    [
      "no applications",
      {
        clusters: fleet.clusters.slice(0, 2),
        identities: fleet.identities.slice(0, 4),
        "keyVault.secrets": fleet.keyVault.secrets.slice(0, 2),
      },
    ],
  ]);
});
