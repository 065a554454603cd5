import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { median } from "./measure";

/** What rendering a fleet of one size takes. */
export interface SizeResult {
  readonly clusters: number;
  readonly objects: number;
  /** Wall time of the whole process. */
  readonly seconds: number;
  /** Peak memory of the process. */
  readonly peakMiB: number;
}

/** The command that renders a synthetic fleet once, as a process of its own. */
export function renderCommand(size: number, target: string): readonly string[] {
  return [process.execPath, "cli/run.mjs", "bench", "--render", String(size), "--to", target];
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

function once(
  clusters: number,
  target: string,
): { readonly objects: number; readonly peakKiB: number; readonly seconds: number } {
  const [program = "", ...args] = renderCommand(clusters, target);
  const started = performance.now();
  const result = spawnSync(program, args, { encoding: "utf8" });
  const seconds = (performance.now() - started) / 1000;
  rmSync(target, { recursive: true, force: true });
  if (result.status !== 0) throw new Error(`rendering ${clusters} clusters failed:\n${result.stderr}`);
  return { ...(JSON.parse(result.stdout) as { objects: number; peakKiB: number }), seconds };
}
