import type { LiveObject } from "../../../cli/live/client";
import type { Plane } from "../../../cli/live/plane";
import { until } from "../../../cli/live/wait";

/** An object by its name. */
export interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Names an object. */
export function named(apiVersion: string, kind: string, name: string, namespace?: string): Named {
  return { apiVersion, kind, metadata: { name, ...(namespace && { namespace }) } };
}

/** Changes an object as somebody does with `kubectl edit`. */
export async function editByHand(plane: Plane, object: Named, patch: unknown, type: PatchType = "merge") {
  return plane.client.send<LiveObject>({
    method: "PATCH",
    path: `${await plane.client.pathOf(object)}?fieldManager=kubectl-edit`,
    body: patch,
    contentType: `application/${type}-patch+json`,
  });
}

/** How a change is written; `json` reaches into lists. */
export type PatchType = "merge" | "json" | "strategic-merge";

/** Deletes an object as somebody does with `kubectl delete`, and waits until it is gone or another one is in its place. */
export async function deleteByHand(plane: Plane, object: Named): Promise<void> {
  const before = await current(plane, object);
  if (!before) throw new Error(`${plane.name} has no ${object.kind} ${object.metadata.name} to delete`);
  await plane.client.remove(object);
  const isGone = async () => (await current(plane, object))?.metadata.uid !== before.metadata.uid;
  await until(`${object.kind} ${object.metadata.name} is gone`, isGone);
}

/** The object as it is now. */
export function current(plane: Plane, { apiVersion, kind, metadata }: Named): Promise<LiveObject | undefined> {
  return plane.client.get(apiVersion, kind, metadata.name, metadata.namespace);
}
