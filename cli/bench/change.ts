import type { KubernetesObject } from "../../base/object";
import type { RenderedCluster } from "../../main";
import { isJson, type Json } from "../validate/types";

type Edit = (object: KubernetesObject, cluster: string) => KubernetesObject;

/** Two states of a fleet to compare. */
export interface Change {
  /** In a few words. */
  readonly title: string;
  readonly before: Edit;
  readonly after: Edit;
}

/** Changes that comparisons are measured on. */
export const CHANGES = {
  release: {
    title: "a chart's version and an application's image",
    before: (object) => object,
    after: (object) => {
      if (object.kind === "OCIRepository" && object.metadata.name === "kyverno") return withTag(object, "3.9.1");
      return object.kind === "Deployment" && object.metadata.name === "storefront"
        ? withImages(object, (image) => `${image.split("@")[0]}-next`)
        : object;
    },
  },
  every: {
    title: "every object, alike on clusters that are alike",
    before: (object) => object,
    after: (object) => labelled(object, "next"),
  },
  distinct: {
    title: "every object, on every cluster otherwise",
    before: (object, cluster) => labelled(object, `${cluster}-now`),
    after: (object, cluster) => labelled(object, `${cluster}-next`),
  },
} as const satisfies Readonly<Record<string, Change>>;

/** One of {@link CHANGES}. */
export type ChangeName = keyof typeof CHANGES;

/** The states of a fleet that there are: `release.before`. */
export type State = `${ChangeName}.${"before" | "after"}`;

/** A rendered cluster in one of the two states of a change. Throws on another word. */
export function inState(cluster: RenderedCluster, state: string): RenderedCluster {
  const edit = EDITS.get(state);
  if (!edit) throw new Error(`there is no state ${state}; there are ${[...EDITS.keys()].join(", ")}`);
  return {
    name: cluster.name,
    components: cluster.components.map(({ name, objects }) => ({
      name,
      objects: objects.map((object) => edit(object, cluster.name)),
    })),
  };
}

const EDITS: ReadonlyMap<string, Edit> = new Map(
  Object.entries<Change>(CHANGES).flatMap(([name, { before, after }]) => [
    [`${name}.before`, before],
    [`${name}.after`, after],
  ]),
);

function labelled(object: KubernetesObject, value: string): KubernetesObject {
  const labels = "labels" in object.metadata && isJson(object.metadata.labels) ? object.metadata.labels : {};
  return { ...object, metadata: { ...object.metadata, labels: { ...labels, "bench.example.com/state": value } } };
}

function withTag(object: KubernetesObject, tag: string): KubernetesObject {
  const { spec } = object as unknown as { readonly spec: Json };
  return { ...object, spec: { ...spec, ref: { tag } } } as KubernetesObject;
}

function withImages(object: KubernetesObject, next: (image: string) => string): KubernetesObject {
  const text = JSON.stringify(object, (key, value: unknown) =>
    key === "image" && typeof value === "string" ? next(value) : value,
  );
  return JSON.parse(text) as KubernetesObject;
}
