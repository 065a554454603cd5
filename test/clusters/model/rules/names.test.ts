import { readdirSync } from "node:fs";
import { join, parse } from "node:path";
import { TAKEN_IN_CLUSTERS } from "../../../../clusters/model/rules/names";
import { presets } from "../../../../clusters/presets";
import { accepts, demo, fleet, reports } from "../support";

/** The changes that give app2 another name everywhere. */
const renamed = (name: string) => ({ "clusters.2.name": name, "identities.4.clusters": [name] });

describe("a name is refused", () => {
  reports([
    ["a fleet in capitals", { name: "Demo" }, "name", '"Demo" cannot begin Azure names', "k8s-demo"],
    ["a fleet without a name", { name: "" }, "name", '""', "k8s-demo"],
    ["a cluster with an underscore", renamed("app_2"), "clusters[2] (app_2).name", "cannot name a cluster", "app1"],
    ["a cluster in capitals", renamed("App2"), "clusters[2] (App2).name", "lower-case", "app1"],
    ["a cluster with a dash last", renamed("app2-"), "clusters[2] (app2-).name", "no dash last", "app1"],
    ["a cluster with a slash", renamed("../app2"), "clusters[2].name", "cannot name a cluster", "app1"],
    ["a cluster without a name", renamed(""), "clusters[2].name", "cannot name a cluster", "app1"],
    ...TAKEN_IN_CLUSTERS.map(
      (name) =>
        [
          `a cluster called like clusters/${name}`,
          renamed(name),
          `clusters[2] (${name}).name`,
          "is a part of the program",
          "another name",
        ] as const,
    ),
    ["a cluster called like a device", renamed("con"), "clusters[2] (con).name", "Windows", "another name"],
    [
      "two clusters of one name",
      {
        "clusters.2.name": "mgmt",
        identities: fleet.identities.slice(0, 4),
        "keyVault.secrets": fleet.keyVault.secrets.slice(0, 2),
      },
      "clusters[2] (mgmt).name",
      "already the name of clusters[0]",
      "a name of its own",
    ],
    [
      "a pool with a dash",
      { "clusters.2.pools.system.name": "system-pool" },
      "clusters[2] (app2).pools.system.name",
      "refused by AKS",
      '"systempool"',
    ],
    [
      "a pool of 13 letters",
      { "clusters.2.pools.system.name": "systemmachine" },
      "clusters[2] (app2).pools.system.name",
      "1 to 12",
      '"systemmachin"',
    ],
    [
      "a pool that starts with a digit",
      { "clusters.2.capacity.spot.name": "1spot" },
      "clusters[2] (app2).capacity.spot.name",
      "a letter first",
      '"spot"',
      demo,
    ],
    [
      "two pools of one name",
      { "clusters.0.pools.ingress.name": "system" },
      "clusters[0] (mgmt).pools.ingress.name",
      "another pool of mgmt (pools.system)",
      "a name of its own",
    ],
    [
      "an autoscaled pool with a fixed one's name",
      { "clusters.2.capacity.onDemandFallback.name": "spot" },
      "clusters[2] (app2).capacity.onDemandFallback.name",
      "(capacity.spot)",
      "a name of its own",
      demo,
    ],
  ]);
});

describe("a name is accepted", () => {
  accepts([
    ["dashes and digits", renamed("app-2")],
    ["a pool of 12 letters", { "clusters.2.pools.system.name": "systemmachin" }],
  ]);
});

test("every file and folder of clusters is taken, or an overlay", () => {
  const overlays = new Set(Object.values(presets).flatMap(({ clusters }) => clusters.map(({ name }) => name)));
  const found = readdirSync(join(__dirname, "../../../../clusters")).map((file) => parse(file).name);
  expect(found.filter((name) => !overlays.has(name) && !TAKEN_IN_CLUSTERS.includes(name))).toEqual([]);
});
