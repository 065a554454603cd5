import { lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { yamlOf } from "../../base/yaml";
import type { RenderedCluster } from "../../main";
import { codeOf, explained } from "./errors";
import { besideOf, clearLeftovers, filesIn, MARK, refuseForeign } from "./folder";
import { fileNames } from "./path";

/** What became of one cluster's files, against the tree that was there before. */
export interface ClusterChanges {
  readonly cluster: string;
  readonly components: number;
  readonly objects: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** A rendered tree that is complete but not yet in its place. */
export interface StagedTree {
  /** Where it is for now. */
  readonly folder: string;
  /** What it changes. */
  readonly changes: readonly ClusterChanges[];
  /** Paths that differ from the tree in place, relative to it, sorted. */
  readonly differing: readonly string[];
}

/**
 * Writes clusters to a temporary folder beside `target`. Clusters are rendered one by one as they are written, so that memory
 * does not grow with the fleet. On any failure, and when `signal` aborts, the temporary folder goes and `target` stays untouched.
 * A tree that is only to be compared can be written beside another path, so that nothing near `target` need be writable.
 */
export async function stageTree(
  target: string,
  clusters: Iterable<RenderedCluster>,
  { signal, beside = target }: { readonly signal?: AbortSignal; readonly beside?: string } = {},
): Promise<StagedTree> {
  const folder = besideOf(beside, "tmp");
  try {
    clearLeftovers(beside);
    refuseForeign(target);
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw explained(error, beside);
  }
  try {
    writeFileSync(join(folder, MARK.file), MARK.text);
    const changes: ClusterChanges[] = [];
    const differing: string[] = [];
    for (const cluster of clusters) {
      await breathe(signal);
      changes.push(writeCluster(cluster, folder, target, differing));
    }
    if (changes.length === 0) throw new Error("the fleet has no clusters, so there is nothing to render");
    changes.push(...goneClusters(target, folder, differing));
    await breathe(signal);
    return { folder, changes, differing: differing.sort() };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw explained(error, beside);
  }
}

function writeCluster(cluster: RenderedCluster, folder: string, target: string, differing: string[]): ClusterChanges {
  const counts = { objects: 0, added: 0, changed: 0, removed: 0 };
  mkdirSync(join(folder, cluster.name));
  const gone = new Set(filesIn(join(target, cluster.name)));
  for (const component of cluster.components) {
    // Without `join`, which normalizes: a twentieth of rendering a small fleet.
    const place = `${cluster.name}/${component.name}`;
    const [written, old] = [`${folder}/${place}`, `${target}/${place}`];
    mkdirSync(written);
    const before = new Set(gone.delete(component.name) ? filesIn(old) : []);
    for (const [file, object] of named(place, component.objects)) {
      const yaml = yamlOf(object);
      writeFileSync(`${written}/${file}`, yaml);
      counts.objects += 1;
      if (!before.delete(file)) counts.added += 1;
      else if (textOf(`${old}/${file}`) !== yaml) counts.changed += 1;
      else continue;
      differing.push(`${place}/${file}`);
    }
    for (const file of before) counts.removed += recordGone(target, join(place, file), differing);
  }
  for (const name of gone) counts.removed += recordGone(target, join(cluster.name, name), differing);
  return { cluster: cluster.name, components: cluster.components.length, ...counts };
}

/** The text of a file; undefined where it is none, or where another run has just moved its folder. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (["ENOENT", "EISDIR", "ENOTDIR"].includes(codeOf(error) ?? "")) return undefined;
    throw error;
  }
}

function named(place: string, objects: RenderedCluster["components"][number]["objects"]): ReturnType<typeof fileNames> {
  try {
    return fileNames(objects);
  } catch (error) {
    throw new Error(`${place}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function goneClusters(target: string, folder: string, differing: string[]): readonly ClusterChanges[] {
  const present = new Set(filesIn(folder));
  return filesIn(target)
    .filter((name) => !present.has(name))
    .map((cluster) => ({
      cluster,
      components: 0,
      objects: 0,
      added: 0,
      changed: 0,
      removed: recordGone(target, cluster, differing),
    }));
}

/** Lists every file below a path that the new tree lacks, and counts them. */
function recordGone(target: string, path: string, differing: string[]): number {
  const stat = lstatSync(join(target, path), { throwIfNoEntry: false });
  if (!stat) return 0;
  if (stat.isDirectory()) {
    return filesIn(join(target, path)).reduce(
      (count, name) => count + recordGone(target, join(path, name), differing),
      0,
    );
  }
  differing.push(path);
  return 1;
}

/** Lets signals and timers have their turn. */
async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}
