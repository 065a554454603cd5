import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { loadAll } from "js-yaml";
import type { KubernetesObject } from "../../base/object";
import { toYaml } from "../../base/yaml";
import type { RenderedCluster } from "../../main";
import { describe, fileNames, objectKey } from "../tree/path";

/**
 * Writes a fleet as people write it for kustomize: what all clusters share word for word in `base`, the rest in an overlay for each
 * cluster. Returns the overlays' folders.
 */
export function writeKustomize(folder: string, clusters: readonly RenderedCluster[]): readonly string[] {
  const objects = clusters.map(
    (cluster) => new Map(objectsOf(cluster).map((object) => [objectKey(object), toYaml(object)])),
  );
  const shared = new Set(
    [...(objects[0] ?? [])].filter(([key, yaml]) => objects.every((own) => own.get(key) === yaml)).map(([key]) => key),
  );
  const first = clusters[0];
  if (!first) throw new Error("no cluster to compare with");
  writeFolder(
    join(folder, "base"),
    objectsOf(first).filter((object) => shared.has(objectKey(object))),
    [],
  );
  return clusters.map((cluster) => {
    const overlay = join(folder, "overlays", cluster.name);
    writeFolder(
      overlay,
      objectsOf(cluster).filter((object) => !shared.has(objectKey(object))),
      ["../../base"],
    );
    return overlay;
  });
}

/** What kustomize builds otherwise than we render; empty when all objects are equal. */
export function differences(kubectl: string, overlay: string, cluster: RenderedCluster): readonly string[] {
  const built = spawnSync(kubectl, ["kustomize", overlay], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (built.status !== 0) return [built.stderr];
  const theirs = new Map((loadAll(built.stdout) as KubernetesObject[]).map((object) => [objectKey(object), object]));
  const ours = objectsOf(cluster);
  return [
    ...ours
      .filter((object) => !isDeepStrictEqual(JSON.parse(JSON.stringify(object)), theirs.get(objectKey(object))))
      .map((object) => `${describe(object)} differs`),
    ...(theirs.size === ours.length ? [] : [`kustomize builds ${theirs.size} objects, we render ${ours.length}`]),
  ];
}

function objectsOf(cluster: RenderedCluster): readonly KubernetesObject[] {
  return cluster.components.flatMap((component) => component.objects);
}

function writeFolder(folder: string, objects: readonly KubernetesObject[], bases: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  const files = [...fileNames(objects)];
  for (const [file, object] of files) writeFileSync(join(folder, file), toYaml(object));
  const kustomization = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: [...bases, ...files.map(([file]) => file)],
  };
  writeFileSync(join(folder, "kustomization.yaml"), toYaml(kustomization));
}
