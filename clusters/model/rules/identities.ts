import { lacks, malformed } from "../draft";
import { ADDON_NAMESPACE, federatedSubject } from "../names";
import type { Finding, Path } from "../problem";
import { ADDONS } from "../types";
import { clientIdVariable, PLATFORM_VARIABLES } from "../variables";
import { either, meant, show } from "../wording";
import { isLabel } from "./hostname";
import { clusters, componentsRun, identities, type Placed, placed, type Rule, repeated } from "./rule";

/** Add-ons that act in Azure, by the service account of their chart. */
export const ACTING_ADDONS = ["cert-manager", "external-secrets", "kiali"] as const;

type IdentityDraft = ReturnType<typeof identities>[number];

function named(fleet: Parameters<Rule>[0]): readonly (Placed<string> & { readonly of: IdentityDraft })[] {
  return identities(fleet).flatMap((of) =>
    of.value.name === undefined ? [] : [{ value: of.value.name, at: [...of.at, "name"], of }],
  );
}

/** The name is a part of an Azure name and, in capitals, of a variable's. */
const namesAreSimple: Rule = (fleet) =>
  named(fleet)
    .filter(({ value }) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value) || value.length > 40)
    .map(({ value, at }) => ({
      at,
      reason: `${show(value)} cannot name an identity: at most 40 lower-case letters, digits and single dashes, a letter first`,
      fix: 'write for example "cert-manager"',
    }));

/** One name is one identity: its variable has one value on a cluster. */
const namesDiffer: Rule = (fleet) =>
  repeated(named(fleet), ({ value }) => value).map(({ item, earlier }) => ({
    at: item.at,
    reason: `${show(item.value)} is already the name of identities[${String(earlier.of.at.at(-1))}]`,
    fix: "give each identity a name of its own, or list more clusters in the first",
  }));

/** The variable of an identity is not one of the platform's, nor another identity's. */
const variablesDiffer: Rule = (fleet) => {
  const distinct = [...new Map(named(fleet).map((item) => [item.value, item])).values()];
  const ofPlatform = distinct
    .filter(({ value }) => (PLATFORM_VARIABLES as readonly string[]).includes(clientIdVariable(value)))
    .map(({ value, at }) => ({
      at,
      reason: `${show(value)} makes the variable ${clientIdVariable(value)}, which is the platform's own`,
      fix: "choose another name",
    }));
  const ofOthers = repeated(distinct, ({ value }) => clientIdVariable(value)).map(({ item, earlier }) => ({
    at: item.at,
    reason: `${show(item.value)} makes the variable ${clientIdVariable(item.value)}, as ${show(earlier.value)} does`,
    fix: "choose a name that differs in more than case or punctuation",
  }));
  return [...ofPlatform, ...ofOthers];
};

/** An identity is on clusters that exist, each once, and at least one. */
const clustersExist: Rule = (fleet) => {
  const known = fleet.clusters?.map((cluster) => cluster?.name);
  const names = (known ?? []).filter((name) => name !== undefined);
  const set = new Set(names);
  return identities(fleet).flatMap(({ value, at }): readonly Finding[] => {
    const listed = placed(value.clusters, [...at, "clusters"]);
    if (value.clusters?.length === 0) {
      const fix = "list the clusters its workload runs on, or remove the identity";
      return [{ at: [...at, "clusters"], reason: "is empty, so the identity exists nowhere", fix }];
    }
    const unknown = listed.filter((entry) => !set.has(entry.value) && lacks(known, entry.value));
    return [
      ...unknown.map((entry) => ({
        at: entry.at,
        reason: `${show(entry.value)} is not a cluster of the fleet`,
        fix: unknownFix(entry.value, names),
      })),
      ...repeated(listed, (entry) => entry.value).map(({ item }) => ({
        at: item.at,
        reason: `${show(item.value)} is listed already`,
        fix: "remove one of the two",
      })),
    ];
  });
};

/** An identity is of a component that its clusters run; an application's is in a namespace of its team there. */
const clustersRunTheComponent: Rule = (fleet) => {
  const byName = new Map(clusters(fleet).map(({ value }) => [value.name, value]));
  // Which of two clusters of one name is meant shows when that is mended.
  for (const { item } of repeated(clusters(fleet), ({ value }) => String(value.name))) byName.delete(item.value.name);
  return identities(fleet).flatMap(({ value: { component, namespace, clusters: names }, at }) =>
    placed(names, [...at, "clusters"]).flatMap((entry): readonly Finding[] => {
      const cluster = byName.get(entry.value);
      const runs = cluster && componentsRun(cluster);
      if (!cluster || !runs || !component) return [];
      if (!runs.has(component)) {
        const fix = `remove ${show(entry.value)} here, or let the cluster run ${component} (${howToRun(component)})`;
        return [{ at: entry.at, reason: `${entry.value} does not run ${component}, whose identity this is`, fix }];
      }
      const teams = cluster.applications?.map((team) => team?.namespace);
      if (component !== "workloads" || namespace === undefined || !lacks(teams, namespace)) return [];
      const reason = `${show(namespace)} is not an application namespace of ${entry.value}`;
      return [{ at: [...at, "namespace"], reason, fix: unknownFix(namespace, (teams ?? []).map(String)) }];
    }),
  );
};

/** Entra takes a token for one managed identity only, by its subject. Source: learn.microsoft.com/entra/workload-id, federated credentials. */
const subjectsDiffer: Rule = (fleet) => {
  const subjects = identities(fleet).flatMap(({ value: { namespace, serviceAccount, clusters: names }, at }) =>
    namespace === undefined || serviceAccount === undefined
      ? []
      : [...new Set(placed(names, []).map((entry) => entry.value))].map((cluster) => ({
          at,
          cluster,
          subject: federatedSubject({ namespace, serviceAccount }),
        })),
  );
  const clashes = repeated(subjects, ({ cluster, subject }) => `${cluster} ${subject}`);
  const onceForEach = new Map(clashes.toReversed().map((clash) => [clash.item.at, clash]));
  return [...onceForEach.values()].map(({ item, earlier }) => ({
    at: [...item.at, "serviceAccount"],
    reason: `${item.subject} on ${item.cluster} is already the subject of identities[${String(earlier.at.at(-1))}]`,
    fix: "give each identity a service account of its own, or put the roles of both into one",
  }));
};

/** The service account is one that Kubernetes can have; an add-on's is the one that its chart makes. */
const serviceAccountsExist: Rule = (fleet) =>
  identities(fleet).flatMap(({ value, at }) => {
    const addon = ACTING_ADDONS.find((name) => name === value.component);
    const check = (key: "namespace" | "serviceAccount", chart: string | undefined): readonly Finding[] => {
      const name = value[key];
      const place: Path = [...at, key];
      if (name === undefined) return [];
      if (!isLabel(name)) {
        const fix = "write lower-case letters, digits and dashes";
        return [{ at: place, reason: `${show(name)} is not a name that Kubernetes takes`, fix }];
      }
      if (chart === undefined || name === chart) return [];
      const reason = `${show(name)} is not where ${addon} runs, so its tokens would not match the credential`;
      return [{ at: place, reason, fix: `write ${show(chart)}` }];
    };
    if (malformed(value, "component")) return [];
    return [...check("namespace", addon && ADDON_NAMESPACE[addon]), ...check("serviceAccount", addon)];
  });

function unknownFix(word: string, known: readonly string[]): string {
  const guess = meant(word, known);
  const some = known.length > 8 ? `${known.slice(0, 8).join(", ")} and ${known.length - 8} more` : either(known);
  return guess ? `did you mean ${show(guess)}?` : `write ${some}`;
}

function howToRun(component: string): string {
  if ((ADDONS as readonly string[]).includes(component)) return "add it to its addons";
  if (component === "istio") return "give it a mesh";
  if (component === "autoscaler") return 'set its capacity.nodes to "autoscaler"';
  if (component === "karpenter") return 'set its capacity.nodes to "karpenter"';
  return "add the team to its applications";
}

/** Rules about identities and where they are. */
export const identityRules: readonly Rule[] = [
  namesAreSimple,
  namesDiffer,
  variablesDiffer,
  clustersExist,
  clustersRunTheComponent,
  subjectsDiffer,
  serviceAccountsExist,
];
