import { isJson, type Json, valueAt } from "../validate/types";
import { type Delta, type Entry, keyOf, kindOf } from "./entry";
import type { ObjectRef } from "./model";
import { OWN_CLUSTER } from "./parse";
import type { SideEntries, Sides } from "./read";

/** Folder of the root: what Flux's one root Kustomization applies. */
export const ROOT = "flux-system";

/** A Flux Kustomization. */
export interface Kustomization {
  readonly name: string;
  readonly spec: Json;
  readonly entry: Entry;
}

/** What rules and effects may look at beside the change itself: one side of one cluster. */
export interface ClusterSide {
  /** Whether the cluster exists on this side. */
  readonly exists: boolean;
  /** An object that differs or explains differences, by what it is; kinds that explain nothing are not read. */
  readonly find: (ref: ObjectRef) => Entry | undefined;
  /** Objects of a kind (`group/Kind`), as far as they are read. */
  readonly ofKind: (kind: string) => readonly Entry[];
  /** Flux Kustomizations by name. */
  readonly kustomizations: ReadonlyMap<string, Kustomization>;
  /** The Kustomization that applies a folder. */
  readonly applierOf: (component: string) => Kustomization | undefined;
}

/** Both sides of every cluster. */
export interface World {
  readonly before: (cluster: string) => ClusterSide;
  readonly after: (cluster: string) => ClusterSide;
  /** What differs on a cluster. */
  readonly deltas: (cluster: string) => readonly Delta[];
}

/** Makes what is read of both trees easy to ask. */
export function worldOf(sides: Pick<Sides, "before" | "after">, deltas: readonly Delta[]): World {
  const byCluster = groupBy(deltas, ({ cluster }) => cluster);
  return {
    before: sideOf(sides.before),
    after: sideOf(sides.after),
    deltas: (cluster) => byCluster.get(cluster) ?? [],
  };
}

/** Groups by a text, in the order of first appearance. */
export function groupBy<T>(items: readonly T[], by: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = by(item);
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function sideOf({ lookup, clusters }: SideEntries): (cluster: string) => ClusterSide {
  const known = new Map<string, ClusterSide>();
  return (cluster) => {
    const side = known.get(cluster);
    if (side) return side;
    const made = clusterSide(cluster, lookup.get(cluster) ?? new Map(), clusters.has(cluster));
    known.set(cluster, made);
    return made;
  };
}

function clusterSide(cluster: string, byKey: ReadonlyMap<string, Entry>, exists: boolean): ClusterSide {
  const entries = [...byKey.values()];
  const byKind = groupBy(entries, ({ ref }) => kindOf(ref));
  const kustomizations = new Map(
    (byKind.get("kustomize.toolkit.fluxcd.io/Kustomization") ?? []).map((entry) => {
      const spec = valueAt(entry.content, "spec");
      return [entry.ref.name, { name: entry.ref.name, spec: isJson(spec) ? spec : {}, entry }];
    }),
  );
  const byFolder = new Map([...kustomizations.values()].map((one) => [folderOf(cluster, one), one]));
  return {
    exists,
    find: (ref) => byKey.get(keyOf(ref)),
    ofKind: (kind) => byKind.get(kind) ?? [],
    kustomizations,
    applierOf: (component) => byFolder.get(component),
  };
}

/** The component that a Kustomization applies: the last part of `./dist/<cluster>/<component>`. */
function folderOf(cluster: string, { name, spec }: Kustomization): string {
  const path = typeof spec["path"] === "string" ? spec["path"] : "";
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  const own = parts.at(-2);
  return own === cluster || own === OWN_CLUSTER ? (parts.at(-1) ?? name) : name;
}
