import { azureName, CLUSTER_IDENTITIES, type Named } from "../names";
import type { Path } from "../problem";
import { show } from "../wording";
import { type ClusterDraft, clusters, type FleetDraft, identities, placed, type Rule, repeated } from "./rule";

interface AzureName {
  readonly text: string;
  /** What has the name, for example `resource group of the machines`. */
  readonly what: string;
  /** Among which names it must be the only one. */
  readonly among: string;
  /** The longest that Azure takes; a name that is cut to fit has none. */
  readonly most?: number;
}

/** Source of the lengths: learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules, and AKS's FAQ. */
function namesOf(fleet: Named, cluster: ClusterDraft & { readonly name: string }): readonly AzureName[] {
  const { name, capacity } = cluster;
  return [
    { text: azureName.clusterGroup(fleet, name), what: "resource group", among: "group", most: 90 },
    { text: azureName.nodesGroup(fleet, name), what: "resource group of the machines", among: "group", most: 80 },
    { text: azureName.snapshotsGroup(fleet, name), what: "resource group of the snapshots", among: "group", most: 90 },
    { text: azureName.apiServer(fleet, name), what: "API server", among: "api", most: 54 },
    { text: azureName.vnet(fleet, name), what: "VNet", among: "vnet", most: 63 },
    { text: azureName.metricsCollection(fleet, name), what: "collection of metrics", among: "metrics" },
    { text: azureName.logsCollection(fleet, name), what: "collection of logs", among: "logs" },
    ...(capacity?.night === "stop"
      ? [{ text: azureName.powerWorkflow(fleet, name, "start"), what: "start workflow", among: "workflow", most: 43 }]
      : []),
  ];
}

interface Made extends AzureName {
  readonly at: Path;
  readonly by: string;
}

/** Every Azure name that is made of a cluster's, once for clusters of one name. */
function made(fleet: FleetDraft): readonly Made[] {
  const { name, region } = fleet;
  if (name === undefined || region === undefined) return [];
  const first = new Map(
    clusters(fleet)
      .toReversed()
      .map((cluster) => [cluster.value.name, cluster]),
  );
  return clusters(fleet).flatMap((cluster) => {
    const own = cluster.value.name;
    if (own === undefined || first.get(own)?.at.at(-1) !== cluster.at.at(-1)) return [];
    const all = namesOf({ name, region }, { ...cluster.value, name: own });
    return all.map((entry) => ({ ...entry, at: [...cluster.at, "name"], by: own }));
  });
}

/** No Azure name that is made of a cluster's is longer than Azure takes. Says the one that is too long by most. */
const namesFit: Rule = (fleet) => {
  const worst = new Map<string, Made & { readonly excess: number }>();
  for (const entry of made(fleet)) {
    const excess = entry.text.length - (entry.most ?? Number.POSITIVE_INFINITY);
    if (excess > 0 && excess > (worst.get(entry.by)?.excess ?? 0)) worst.set(entry.by, { ...entry, excess });
  }
  return [...worst.values()].map(({ at, what, text, most, excess }) => ({
    at,
    reason: `makes the name of the ${what} ${show(text)}, ${text.length} characters of at most ${most}`,
    fix: `shorten the names of the cluster and the fleet by ${excess === 1 ? "a character" : `${excess} characters`} together`,
  }));
};

/** No two clusters make one Azure name, as `a` and `a-nodes` would; nor one that what they share has. */
const namesDiffer: Rule = (fleet) => {
  const { name, region } = fleet;
  if (name === undefined || region === undefined) return [];
  const common = { text: azureName.commonGroup({ name, region }), among: "group", by: "what all clusters share" };
  const clashes = repeated(
    [{ ...common, what: "", at: [] as Path }, ...made(fleet)],
    ({ among, text }) => `${among} ${text}`,
  );
  const onceForEach = new Map(clashes.toReversed().map((clash) => [clash.item.by, clash]));
  return [...onceForEach.values()].map(({ item, earlier }) => ({
    at: item.at,
    reason: `makes the name of the ${item.what} ${show(item.text)}, which is already that of ${earlier.by}`,
    fix: "choose another name for one of the two",
  }));
};

/** No two identities make one Azure name, as `b` on `c-a` and `a-b` on `c` would; nor one of a cluster's own identities. */
const identityNamesDiffer: Rule = (fleet) => {
  const { name: prefix, region } = fleet;
  if (prefix === undefined || region === undefined) return [];
  const named = { name: prefix, region };
  const own = clusters(fleet).flatMap(({ value: { name = "" }, at }) =>
    CLUSTER_IDENTITIES.map((use) => ({
      at,
      text: azureName.identity(named, name, use),
      identity: "",
      whose: `${name} itself`,
    })),
  );
  const workloads = identities(fleet).flatMap(({ value: { name: identity = "", clusters: names }, at }) =>
    [...new Set(placed(names, []).map((entry) => entry.value))].map((cluster) => ({
      at: [...at, "name"],
      text: azureName.identity(named, cluster, identity),
      identity,
      whose: `the identity ${identity}`,
    })),
  );
  const clashes = repeated([...own, ...workloads], ({ text }) => text).filter(
    ({ item, earlier }) => item.identity !== earlier.identity,
  );
  const onceForEach = new Map(clashes.toReversed().map((clash) => [clash.item.identity, clash]));
  return [...onceForEach.values()].map(({ item, earlier }) => ({
    at: item.at,
    reason: `${show(item.identity)} makes the Azure name ${item.text}, which is already that of ${earlier.whose}`,
    fix: "choose another name",
  }));
};

/** Rules about names of Azure resources that are made of names in the fleet. */
export const azureNameRules: readonly Rule[] = [namesFit, namesDiffer, identityNamesDiffer];
