import { podSpecsOf } from "../validate/pods";
import { compareText, valueAt } from "../validate/types";
import { pinOf, stepOf } from "./charts";
import { type Delta, type Entry, kindOf } from "./entry";
import type { ImageChange, VersionChange } from "./model";
import { objectsAt } from "./rules/values";
import { groupBy } from "./world";

/** Images of containers that differ, and those that charts' values name. */
export function imagesOf(deltas: readonly Delta[]): readonly ImageChange[] {
  const all = deltas.flatMap((delta) => {
    const [before, after] = [imagesIn(delta.before), imagesIn(delta.after)];
    const containers = [...new Set([...before.keys(), ...after.keys()])];
    const own = containers
      .filter((container) => before.get(container) !== after.get(container))
      .map((container) => pair({ object: delta.ref, container }, before.get(container), after.get(container)));
    return [...own, ...valuesOf(delta)].map((image) => ({ ...image, clusters: [delta.cluster] }));
  });
  return folded(all);
}

function imagesIn(entry: Entry | undefined): ReadonlyMap<string, string> {
  if (!entry) return new Map();
  const { file, cluster, ref, content } = entry;
  return new Map(
    podSpecsOf({ file, cluster, ref, content }).flatMap(({ spec }) =>
      ["initContainers", "containers"].flatMap((field) =>
        objectsAt(spec, field).map(({ name, image }) => [String(name), String(image)] as const),
      ),
    ),
  );
}

const IMAGE_VALUE = /^spec\.values\..*\b(image|images|tag|repository|digest)$/;

function valuesOf({ ref, fields }: Delta): readonly Omit<ImageChange, "clusters">[] {
  if (ref.kind !== "HelmRelease") return [];
  return fields
    .filter(({ path }) => IMAGE_VALUE.test(path))
    .map(({ path, before, after }) => pair({ object: ref, container: path }, text(before), text(after)));
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function pair<T extends object>(
  rest: T,
  before: string | undefined,
  after: string | undefined,
): T & { before?: string; after?: string } {
  return { ...rest, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

/** Versions of charts, CRDs and the mesh that differ. */
export function versionsOf(deltas: readonly Delta[]): readonly VersionChange[] {
  return folded(
    deltas.flatMap((delta): readonly VersionChange[] => {
      const what = WHAT[kindOf(delta.ref)];
      if (!what) return [];
      const [before, after] = [delta.before, delta.after].map(what.version);
      if (before === after) return [];
      return [
        {
          ...pair({ what: what.what, name: delta.ref.name, step: stepOf(before, after) }, before, after),
          clusters: [delta.cluster],
        },
      ];
    }),
  );
}

interface Versioned {
  readonly what: VersionChange["what"];
  readonly version: (entry: Entry | undefined) => string | undefined;
}

const CHART: Versioned = { what: "chart", version: pinOf };

const WHAT: Readonly<Record<string, Versioned>> = {
  "source.toolkit.fluxcd.io/OCIRepository": CHART,
  "helm.toolkit.fluxcd.io/HelmRelease": CHART,
  "apiextensions.k8s.io/CustomResourceDefinition": {
    what: "crd",
    version: (entry) =>
      entry &&
      objectsAt(entry.content, "spec", "versions")
        .filter(({ served }) => served !== false)
        .map(({ name }) => String(name))
        .join(", "),
  },
  "/Namespace": {
    what: "mesh",
    version: (entry) => text(valueAt(entry?.content, "metadata", "labels", "istio.io/rev")),
  },
};

/** The same on several clusters as one. */
function folded<T extends { readonly clusters: readonly string[] }>(items: readonly T[]): readonly T[] {
  return [...groupBy(items, ({ clusters: _, ...rest }) => JSON.stringify(rest))]
    .sort(([one], [other]) => compareText(one, other))
    .map(([, group]) => ({
      ...(group[0] as T),
      clusters: group.flatMap(({ clusters }) => clusters).sort(compareText),
    }));
}
