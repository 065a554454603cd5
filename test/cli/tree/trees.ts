import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { swapIn } from "../../../cli/tree/swap";
import { type StagedTree, stageTree } from "../../../cli/tree/write";
import type { RenderedCluster } from "../../../main";

/** An object for a tree. */
export const configMap = (name: string, value = "1") => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "ns" },
  data: { value },
});

/** A cluster with the objects of each of its components. */
export function cluster(name: string, components: Record<string, ReturnType<typeof configMap>[]>): RenderedCluster {
  return {
    name,
    components: Object.entries(components).map(([component, objects]) => ({ name: component, objects })),
  };
}

/** The smallest tree: one object. */
export const SMALL = cluster("app1", { a: [configMap("x")] });

/** A folder for one test at a time, and the `dist` in it. */
export interface Place {
  readonly folder: string;
  readonly target: string;
  /** Names in the folder. */
  readonly beside: () => readonly string[];
  /** The manifests in the tree, by path. */
  readonly files: () => Readonly<Record<string, string>>;
  /** Stages a tree and puts it in its place. */
  readonly put: (...clusters: RenderedCluster[]) => Promise<StagedTree>;
}

/** Gives each test of a file an empty folder. */
export function emptyPlace(): Place {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tree-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    get folder() {
      return folder;
    },
    get target() {
      return join(folder, "dist");
    },
    beside: () => readdirSync(folder).sort(),
    files: () => {
      const target = join(folder, "dist");
      const paths = readdirSync(target, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".yaml"));
      return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(target, path), "utf8")]));
    },
    put: async (...clusters) => {
      const target = join(folder, "dist");
      const staged = await stageTree(target, clusters);
      swapIn(staged, target);
      return staged;
    },
  };
}

/** The number of a process that is gone. */
export function deadPid(): number {
  return spawnSync(process.execPath, ["-e", ""]).pid;
}

/** What an action throws. */
export async function thrownBy(action: () => unknown): Promise<unknown> {
  try {
    await action();
  } catch (error) {
    return error;
  }
  throw new Error("it throws nothing");
}
