import type { KubernetesObject } from "../../../base/object";
import type { Plane } from "../../../cli/live/plane";
import type { Live } from "../../../cli/live/up";
import { pushedTree, variablesOn } from "../pushed";

/** What was pushed for a cluster, with its variables put in. */
export async function distOf({ git }: Live, plane: Plane): Promise<readonly KubernetesObject[]> {
  return pushedTree(git.clone, plane.name, await variablesOn(plane)).map(({ object }) => object);
}

/** The object under another name, so that the server takes it for a new one. */
export function again(object: KubernetesObject): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, name: `${object.metadata.name}-again` } };
}

/** An object's name for a person. */
export function called({ kind, metadata: { namespace, name } }: KubernetesObject): string {
  return [kind, namespace, name].filter(Boolean).join("/");
}
