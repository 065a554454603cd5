import { type Draft, malformed } from "../draft";
import { componentsOf } from "../names";
import type { Finding, Path } from "../problem";
import type { Addon, Cluster, ComponentName, Fleet } from "../types";

/** A fleet of which malformed parts are left out. */
export type FleetDraft = Draft<Fleet>;
/** A cluster of which malformed parts are left out. */
export type ClusterDraft = Draft<Cluster>;

/** What must hold between parts of a fleet: everything that does not. Must say nothing of parts that are left out. */
export type Rule = (fleet: FleetDraft) => readonly Finding[];

/** A part of the data and where it is. */
export interface Placed<T> {
  readonly value: T;
  readonly at: Path;
}

/** The well-formed entries of a list, each with its place. */
export function placed<T>(list: readonly (T | undefined)[] | undefined, at: Path): readonly Placed<T>[] {
  return (list ?? []).flatMap((value, index) => (value === undefined ? [] : [{ value, at: [...at, index] }]));
}

/** The clusters, each with its place. */
export function clusters(fleet: FleetDraft): readonly Placed<ClusterDraft>[] {
  return placed(fleet.clusters, ["clusters"]);
}

/** The identities, each with its place. */
export function identities(fleet: FleetDraft) {
  return placed(fleet.identities, ["identities"]);
}

/** A cluster's name, or its place where it has none. */
export function called({ value, at }: Placed<ClusterDraft>): string {
  return value.name ?? `clusters[${String(at.at(-1))}]`;
}

/** Entries whose key an earlier entry has, each with that earlier one. */
export function repeated<T>(
  items: readonly T[],
  key: (item: T) => string,
): readonly { readonly item: T; readonly earlier: T }[] {
  const first = new Map<string, T>();
  return items.flatMap((item) => {
    const earlier = first.get(key(item));
    if (earlier !== undefined) return [{ item, earlier }];
    first.set(key(item), item);
    return [];
  });
}

/** The components of a cluster, or `undefined` where its data is too malformed to tell. */
export function componentsRun(cluster: ClusterDraft): ReadonlySet<ComponentName> | undefined {
  const { capacity, addons, mesh, applications } = cluster;
  if (!capacity?.nodes || !capacity.night || !addons || addons.includes(undefined)) return undefined;
  if (malformed(cluster, "mesh") || malformed(cluster, "applications")) return undefined;
  const { nodes, night } = capacity;
  return new Set(
    componentsOf({
      capacity: { nodes, night },
      addons: addons as readonly Addon[],
      ...(mesh && { mesh }),
      ...(applications && { applications }),
    }),
  );
}
