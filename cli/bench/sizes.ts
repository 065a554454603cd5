import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { State } from "./change";
import { environment, median } from "./measure";

/** What rendering a fleet of one size takes. */
export interface SizeResult {
  readonly clusters: number;
  readonly objects: number;
  /** Wall time of the whole process. */
  readonly seconds: number;
  /** Peak memory of the process. */
  readonly peakMiB: number;
}

/** The command that renders a synthetic fleet once, as a process of its own; in a state of a change where one is named. */
export function renderCommand(size: number, target: string, state?: State): readonly string[] {
  const command = [process.execPath, "cli/run.cjs", "bench", "--render", String(size), "--to", target];
  return state === undefined ? command : [...command, "--state", state];
}

/** What a rendering says of itself. */
interface Rendered {
  readonly objects: number;
  readonly peakKiB: number;
}

/** Renders a synthetic fleet in a process of its own. Throws with what it says when it fails. */
export function renderTree(clusters: number, target: string, state?: State): Rendered {
  const [program = "", ...args] = renderCommand(clusters, target, state);
  const result = spawnSync(program, args, { encoding: "utf8", env: environment() });
  if (result.status !== 0) throw new Error(`rendering ${clusters} clusters failed:\n${result.stderr}`);
  return JSON.parse(result.stdout) as Rendered;
}

/** Renders fleets of several sizes, each run a process of its own into an empty folder. */
export function measureSizes(
  folder: string,
  sizes: readonly number[],
  runs: number,
  progress: (text: string) => void,
): readonly SizeResult[] {
  return sizes.map((clusters) => {
    const figures = Array.from({ length: runs + 1 }, (_, run) => {
      progress(`${clusters} clusters: run ${run} of ${runs}`);
      return once(clusters, join(folder, `size-${clusters}`));
    }).slice(1);
    return {
      clusters,
      objects: figures[0]?.objects ?? 0,
      seconds: median(figures.map(({ seconds }) => seconds)),
      peakMiB: median(figures.map(({ peakKiB }) => peakKiB / 1024)),
    };
  });
}

function once(clusters: number, target: string): Rendered & { readonly seconds: number } {
  const started = performance.now();
  try {
    const rendered = renderTree(clusters, target);
    return { ...rendered, seconds: (performance.now() - started) / 1000 };
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}
