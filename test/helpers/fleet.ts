import type { KubernetesObject } from "../../base/object";
import type { Fleet } from "../../clusters/fleet";
import { overlayOf } from "../../clusters/overlays";
import { presets } from "../../clusters/presets";
import { type RenderedCluster, renderCluster } from "../../main";

/** An object of a rendered cluster, with the fields tests look at left open. */
export interface AnyObject extends KubernetesObject {
  // biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects; a wrong one fails it.
  readonly [field: string]: any;
}

/** A rendered cluster with its objects in one list. */
export interface Rendered extends RenderedCluster {
  readonly objects: readonly (AnyObject & { readonly component?: never })[];
  /** Objects of a kind, in all components. */
  readonly ofKind: (kind: string) => readonly AnyObject[];
  /** Objects of one component. */
  readonly of: (component: string) => readonly AnyObject[];
}

/** Renders a fleet's clusters, by name. */
export function rendered(fleet: Fleet): ReadonlyMap<string, Rendered> {
  return new Map(
    fleet.clusters.map(({ name }) => {
      const cluster = renderCluster(fleet, name, overlayOf(name));
      const objects = cluster.components.flatMap((component) => component.objects) as AnyObject[];
      return [
        name,
        {
          ...cluster,
          objects,
          ofKind: (kind) => objects.filter((object) => object.kind === kind),
          of: (component) =>
            (cluster.components.find((entry) => entry.name === component)?.objects ?? []) as AnyObject[],
        },
      ];
    }),
  );
}

/** Every preset by name, for `describe.each`. */
export const PRESETS: readonly (readonly [string, Fleet])[] = Object.entries(presets);
