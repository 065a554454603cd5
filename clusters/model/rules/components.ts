import { lacks, malformed } from "../draft";
import type { Finding } from "../problem";
import type { Addon } from "../types";
import { show } from "../wording";
import { ACTING_ADDONS } from "./identities";
import { type ClusterDraft, called, clusters, type FleetDraft, placed, type Rule, repeated } from "./rule";

/** Whether a cluster certainly has no mesh. */
function noMesh(cluster: ClusterDraft): boolean {
  return cluster.mesh === undefined && !malformed(cluster, "mesh");
}

function runs(cluster: ClusterDraft, addon: Addon): boolean {
  return cluster.addons?.includes(addon) ?? false;
}

/** Each add-on is listed once. */
const addonsDiffer: Rule = (fleet) =>
  clusters(fleet).flatMap(({ value, at }) =>
    repeated(placed(value.addons, [...at, "addons"]), (addon) => addon.value).map(({ item }) => ({
      at: item.at,
      reason: `${item.value} is listed already`,
      fix: "remove one of the two",
    })),
  );

/** Kiali shows a mesh. Source: kiali.io/docs/installation/installation-guide/prerequisites. */
const kialiHasAMesh: Rule = (fleet) =>
  clusters(fleet).flatMap((cluster) => {
    if (!runs(cluster.value, "kiali") || !noMesh(cluster.value)) return [];
    return [
      {
        at: [...cluster.at, "addons"],
        reason: `has kiali, which needs a mesh, and ${called(cluster)} has none`,
        fix: "add mesh: {} to the cluster, or remove kiali from its addons",
      },
    ];
  });

/** Pods get a sidecar only where there is a mesh. */
const meshedTeamsHaveAMesh: Rule = (fleet) =>
  clusters(fleet).flatMap((cluster) => {
    if (!noMesh(cluster.value)) return [];
    return placed(cluster.value.applications, [...cluster.at, "applications"])
      .filter(({ value }) => value.meshed)
      .map(({ at }) => ({
        at: [...at, "meshed"],
        reason: `is true, but ${called(cluster)} has no mesh`,
        fix: "write false, or add mesh: {} to the cluster",
      }));
  });

/** The gateway serves TLS with a certificate that cert-manager issues on the same cluster. */
const ingressHasCertificates: Rule = (fleet) =>
  clusters(fleet).flatMap((cluster) => {
    if (!cluster.value.mesh?.ingress || !lacks(cluster.value.addons, "cert-manager")) return [];
    return [
      {
        at: [...cluster.at, "mesh", "ingress"],
        reason: `needs cert-manager for its certificate, and ${called(cluster)} does not run it`,
        fix: 'add "cert-manager" to the cluster\'s addons and to the clusters of the identity cert-manager, or remove ingress',
      },
    ];
  });

/** Where there is a gateway Kiali is behind it, and a hostname for Kiali is for a Kiali. */
const kialiHasAHost: Rule = (fleet) =>
  clusters(fleet).flatMap((cluster): readonly Finding[] => {
    const { mesh, addons } = cluster.value;
    const hosts = mesh?.ingress?.hosts;
    if (!hosts) return [];
    const at = [...cluster.at, "mesh", "ingress", "hosts"];
    const host = Object.hasOwn(hosts, "kiali");
    if (!host && runs(cluster.value, "kiali")) {
      const example = `kiali: ${show(`kiali-${called(cluster)}.${mesh?.ingress?.domain ?? "example.com"}`)}`;
      return [
        {
          at,
          reason: "has no hostname for kiali, which runs here behind the gateway",
          fix: `add for example ${example}`,
        },
      ];
    }
    if (!host || !lacks(addons, "kiali")) return [];
    const reason = `is a hostname that nothing answers to: ${called(cluster)} does not run kiali`;
    return [{ at: [...at, "kiali"], reason, fix: 'remove it, or add "kiali" to the cluster\'s addons' }];
  });

/** An ingress pool is for a gateway: machines that nothing prefers cost for nothing. */
const ingressPoolHasAGateway: Rule = (fleet) =>
  clusters(fleet).flatMap((cluster) => {
    const { pools, mesh } = cluster.value;
    const gateway = mesh ? mesh.ingress !== undefined || malformed(mesh, "ingress") : malformed(cluster.value, "mesh");
    if (!pools?.ingress || gateway) return [];
    return [
      {
        at: [...cluster.at, "pools", "ingress"],
        reason: `is for an ingress gateway, and ${called(cluster)} has none`,
        fix: "remove the pool, or add mesh: { ingress: … } to the cluster",
      },
    ];
  });

/** Add-ons that act in Azure have an identity on each cluster that runs them. */
const actingAddonsHaveIdentities: Rule = (fleet) => {
  const have = identitiesByComponent(fleet);
  if (!have) return [];
  return clusters(fleet).flatMap((cluster) =>
    ACTING_ADDONS.filter((addon) => {
      const { name } = cluster.value;
      return runs(cluster.value, addon) && name !== undefined && !have.has(addon) && !have.has(`${addon} ${name}`);
    }).map((addon) => ({
      at: [...cluster.at, "addons"],
      reason: `has ${addon}, which acts in Azure but has no identity on ${called(cluster)}`,
      fix: `add ${show(cluster.value.name)} to the clusters of the identity with component: ${show(addon)}, or add such an identity`,
    })),
  );
};

/**
 * `component cluster` for every identity, and `component` alone where one names a cluster that does not exist: which
 * cluster is meant shows when that is mended. `undefined` where some identity is too malformed to tell.
 */
function identitiesByComponent(fleet: FleetDraft): ReadonlySet<string> | undefined {
  const names = new Set(fleet.clusters?.map((cluster) => cluster?.name));
  const have = new Set<string>();
  if (!fleet.identities) return undefined;
  for (const identity of fleet.identities) {
    if (!identity?.component || !identity.clusters || identity.clusters.includes(undefined)) return undefined;
    for (const cluster of identity.clusters) {
      have.add(names.has(cluster) ? `${identity.component} ${cluster}` : identity.component);
    }
  }
  return have;
}

/** Rules about what components need of each other. */
export const componentRules: readonly Rule[] = [
  addonsDiffer,
  kialiHasAMesh,
  meshedTeamsHaveAMesh,
  ingressHasCertificates,
  kialiHasAHost,
  ingressPoolHasAGateway,
  actingAddonsHaveIdentities,
];
