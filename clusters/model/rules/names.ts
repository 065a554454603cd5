import { show } from "../wording";
import { called, clusters, type Rule, repeated } from "./rule";

/** Lower-case letters, digits and single dashes, a letter first: fits DNS, Azure and file systems alike. */
const SIMPLE_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const SIMPLE_NAME_WORDS = "lower-case letters, digits and single dashes, a letter first and no dash last";

/** Files and folders of `clusters/` that are not overlays, and so no cluster's name. */
export const TAKEN_IN_CLUSTERS = [
  "applications",
  "fleet",
  "index",
  "model",
  "overlay",
  "overlays",
  "platform",
  "presets",
  "versions",
  "waivers",
];

/** Names that Windows keeps for devices. Source: learn.microsoft.com/windows/win32/fileio/naming-a-file. */
const DEVICE_NAME = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

/** The prefix of Azure names is itself a name that every Azure resource of the fleet accepts. */
const fleetNameIsSimple: Rule = ({ name }) => {
  if (name === undefined || (SIMPLE_NAME.test(name) && name.length <= 40)) return [];
  const reason = `${show(name)} cannot begin Azure names: those take at most 40 ${SIMPLE_NAME_WORDS}`;
  return [{ at: ["name"], reason, fix: 'write for example "k8s-demo"' }];
};

/** A cluster's name is a DNS label, a folder of `dist` and a file of `clusters`. */
const clusterNamesAreSimple: Rule = (fleet) =>
  clusters(fleet).flatMap(({ value: { name }, at }) => {
    if (name === undefined || (SIMPLE_NAME.test(name) && name.length <= 50)) return [];
    return [
      {
        at: [...at, "name"],
        reason: `${show(name)} cannot name a cluster: Azure, DNS and file systems take at most 50 ${SIMPLE_NAME_WORDS}`,
        fix: 'write for example "app1"',
      },
    ];
  });

/** A cluster's overlay is `clusters/<name>.ts`, so names of other files and folders there are taken. */
const clusterNamesAreFree: Rule = (fleet) =>
  clusters(fleet).flatMap(({ value: { name }, at }) => {
    if (name === undefined) return [];
    const owner = TAKEN_IN_CLUSTERS.includes(name)
      ? `clusters/${name} is a part of the program`
      : DEVICE_NAME.test(name)
        ? "Windows keeps that name for a device, so nobody could check the repository out there"
        : undefined;
    if (!owner) return [];
    return [
      {
        at: [...at, "name"],
        reason: `${show(name)} is taken: ${owner}`,
        fix: 'choose another name, for example "app1"',
      },
    ];
  });

/** Two clusters do not have one name. */
const clusterNamesDiffer: Rule = (fleet) => {
  const named = clusters(fleet).filter(({ value }) => value.name !== undefined);
  return repeated(named, ({ value }) => String(value.name)).map(({ item, earlier }) => ({
    at: [...item.at, "name"],
    reason: `${show(item.value.name)} is already the name of clusters[${String(earlier.at.at(-1))}]`,
    fix: "give each cluster a name of its own",
  }));
};

/** The node pools of a cluster, each with its place. */
function pools(cluster: ReturnType<typeof clusters>[number]) {
  const { pools: fixed, capacity } = cluster.value;
  const autoscaled = capacity?.nodes === "autoscaler" ? capacity : undefined;
  return [
    { value: fixed?.system, at: [...cluster.at, "pools", "system"] },
    { value: fixed?.ingress, at: [...cluster.at, "pools", "ingress"] },
    { value: autoscaled?.spot, at: [...cluster.at, "capacity", "spot"] },
    { value: autoscaled?.onDemandFallback, at: [...cluster.at, "capacity", "onDemandFallback"] },
  ].flatMap(({ value, at }) => (value?.name === undefined ? [] : [{ name: value.name, at: [...at, "name"] }]));
}

/** Source: learn.microsoft.com/azure/aks/create-node-pools, limitations: Linux pool names. */
const poolNamesAreAccepted: Rule = (fleet) =>
  clusters(fleet).flatMap((cluster) =>
    pools(cluster).flatMap(({ name, at }) => {
      if (/^[a-z][a-z0-9]{0,11}$/.test(name)) return [];
      const reason = `${show(name)} is refused by AKS: a pool's name has 1 to 12 lower-case letters and digits, a letter first`;
      return [{ at, reason, fix: `write for example ${show(poolName(name))}` }];
    }),
  );

/** Two pools of a cluster do not have one name. */
const poolNamesDiffer: Rule = (fleet) =>
  clusters(fleet).flatMap((cluster) =>
    repeated(pools(cluster), ({ name }) => name).map(({ item, earlier }) => ({
      at: item.at,
      reason: `${show(item.name)} is already the name of another pool of ${called(cluster)} (${earlier.at.slice(2, -1).join(".")})`,
      fix: "give each pool of a cluster a name of its own",
    })),
  );

function poolName(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "")
      .replace(/^[0-9]+/, "")
      .slice(0, 12) || "workers"
  );
}

/** Rules about names of the fleet, its clusters and node pools. */
export const nameRules: readonly Rule[] = [
  fleetNameIsSimple,
  clusterNamesAreSimple,
  clusterNamesAreFree,
  clusterNamesDiffer,
  poolNamesAreAccepted,
  poolNamesDiffer,
];
