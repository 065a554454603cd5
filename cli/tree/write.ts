import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { RenderedCluster } from "../../main";
import { explained, TreeError } from "./errors";
import { clearLeftovers, filesIn, MARK, refuseForeign } from "./folder";
import { fileNames } from "./path";
import { toYaml } from "./yaml";

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
 */
export async function stageTree(
  target: string,
  clusters: Iterable<RenderedCluster>,
  signal?: AbortSignal,
): Promise<StagedTree> {
  const folder = `${target}.tmp-${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    clearLeftovers(target);
    refuseForeign(target);
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw explained(error, target);
  }
  try {
    writeFileSync(join(folder, MARK.file), MARK.text);
    const changes: ClusterChanges[] = [];
    const differing: string[] = [];
    for (const cluster of clusters) {
      await breathe(signal);
      changes.push(writeCluster(cluster, folder, target, differing));
    }
    if (changes.length === 0) throw new TreeError("the fleet has no clusters, so there is nothing to render");
    changes.push(...goneClusters(target, folder, differing));
    await breathe(signal);
    return { folder, changes, differing: differing.sort() };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw explained(error, target);
  }
}

function writeCluster(cluster: RenderedCluster, folder: string, target: string, differing: string[]): ClusterChanges {
  const counts = { objects: 0, added: 0, changed: 0, removed: 0 };
  for (const component of cluster.components) {
    const place = join(cluster.name, component.name);
    mkdirSync(join(folder, place), { recursive: true });
    const before = new Set(filesIn(join(target, place)));
    for (const [file, object] of named(place, component.objects)) {
      const yaml = toYaml(object);
      writeFileSync(join(folder, place, file), yaml);
      counts.objects += 1;
      if (!before.delete(file)) counts.added += 1;
      else if (readFileSync(join(target, place, file), "utf8") !== yaml) counts.changed += 1;
      else continue;
      differing.push(join(place, file));
    }
    counts.removed += before.size;
    differing.push(...[...before].map((file) => join(place, file)));
  }
  const components = new Set(cluster.components.map((component) => component.name));
  for (const gone of filesIn(join(target, cluster.name)).filter((name) => !components.has(name))) {
    counts.removed += recordGone(target, join(cluster.name, gone), differing);
  }
  return { cluster: cluster.name, components: cluster.components.length, ...counts };
}

function named(place: string, objects: RenderedCluster["components"][number]["objects"]): ReturnType<typeof fileNames> {
  try {
    return fileNames(objects);
  } catch (error) {
    throw new TreeError(`${place}: ${error instanceof Error ? error.message : String(error)}`);
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
  const files = readdirSync(dirname(join(target, path)), { withFileTypes: true })
    .find((entry) => entry.name === basename(path))
    ?.isDirectory()
    ? filesIn(join(target, path)).map((name) => join(path, name))
    : undefined;
  if (!files) {
    differing.push(path);
    return 1;
  }
  return files.reduce((count, file) => count + recordGone(target, file, differing), 0);
}

/** Lets signals and timers have their turn. */
async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}
