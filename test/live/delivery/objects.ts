import { isDeepStrictEqual } from "node:util";
import { conditionOf, type LiveObject } from "../../../cli/live/client";
import { delivered } from "../../../cli/live/flux";
import type { Plane } from "../../../cli/live/plane";

/** Objects of a cluster by what they are called: `ledger/NetworkPolicy/default-deny`. */
export type Objects = ReadonlyMap<string, LiveObject>;

/** What an object is called here. */
export function nameOf({ kind, metadata }: Pick<LiveObject, "kind" | "metadata">): string {
  return `${metadata.namespace ?? ""}/${kind}/${metadata.name}`;
}

/**
 * Every object that Flux's Kustomizations hold on a cluster, as it is now. Throws when one of them is not there. Without those that Flux
 * only makes and then leaves alone: its inventory has them after one reconciliation and not after the next.
 */
export async function heldObjects(plane: Plane): Promise<Objects> {
  const ids = (await delivered(plane)).flatMap(({ objects }) => objects);
  const found = await Promise.all(ids.map((id) => heldObject(plane, id)));
  const lasting = found.filter(({ metadata }) => metadata.annotations?.[MERGING] !== "IfNotPresent");
  return new Map(lasting.map((object) => [nameOf(object), object]));
}

const MERGING = "kustomize.toolkit.fluxcd.io/ssa";

async function heldObject(plane: Plane, id: string): Promise<LiveObject> {
  const { apiVersion, kind, name, namespace } = entryOf(id);
  const object = await plane.client.get(apiVersion, kind, name, namespace);
  if (!object) throw new Error(`${plane.name}: Flux's inventory has ${id}, the cluster has not`);
  return object;
}

/** An entry of an inventory as `delivered` gives it: `namespace_name_group_Kind_version`, with `__` for a colon of RBAC's names. */
export function entryOf(id: string): { apiVersion: string; kind: string; name: string; namespace?: string } {
  const parts = id.split("_");
  const [group, kind = "", version = ""] = parts.slice(-3);
  const namespace = parts[0];
  const name = parts.slice(1, -3).join("_").replaceAll("__", ":");
  return { apiVersion: group ? `${group}/${version}` : version, kind, name, ...(namespace && { namespace }) };
}

/** What somebody wrote into an object, without what the server and controllers note beside it. */
export function content(object: LiveObject): unknown {
  const { status: _, metadata, ...rest } = object as LiveObject & { readonly status?: unknown };
  const { name, namespace, labels, annotations } = metadata;
  const lasting = Object.entries(annotations ?? {}).filter(([key]) => !NOTES.test(key));
  return { ...rest, metadata: { name, namespace, labels: labels ?? {}, annotations: Object.fromEntries(lasting) } };
}

/** Annotations by which controllers talk to each other. */
const NOTES = /^(reconcile\.fluxcd\.io\/|deployment\.kubernetes\.io\/|autoscaling\.alpha\.kubernetes\.io\/)/;

/**
 * Names of objects that were written to between two looks, that are gone or new. Where controllers write a status, the content and the
 * generation tell; elsewhere nobody has any reason to write, so that the resource version must be the same too.
 */
export function touched(before: Objects, after: Objects): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => !isSame(before.get(name), after.get(name))).sort();
}

function isSame(a: LiveObject | undefined, b: LiveObject | undefined): boolean {
  if (!a || !b || a.metadata.uid !== b.metadata.uid || a.metadata.generation !== b.metadata.generation) return false;
  if (!a.status && !b.status) return a.metadata.resourceVersion === b.metadata.resourceVersion;
  return isDeepStrictEqual(content(a), content(b));
}

/** Names of objects whose content differs between two looks, or that are only at one of them; made anew is the same. */
export function changed(before: Objects, after: Objects): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  const contentOf = (object: LiveObject | undefined) => object && content(object);
  return [...names]
    .filter((name) => !isDeepStrictEqual(contentOf(before.get(name)), contentOf(after.get(name))))
    .sort();
}

/** Pods of a namespace that run and are ready, by uid: what must not change when nothing is to be rolled out. */
export async function readyPods(plane: Plane, namespace: string): Promise<readonly string[]> {
  const pods = await plane.client.list("v1", "Pod", namespace);
  return pods
    .filter((pod) => !pod.metadata.deletionTimestamp && conditionOf(pod, "Ready")?.status === "True")
    .map(({ metadata }) => metadata.uid ?? metadata.name)
    .sort();
}
