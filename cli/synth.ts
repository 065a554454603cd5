import { cpSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { notesOn } from "../clusters/fleet";
import { overlayOf } from "../clusters/overlays";
import { loadPreset, renderFleet } from "../main";
import { interruptible } from "./interrupt";
import { say } from "./say";
import { type Options, parse } from "./synth/options";
import { table } from "./table";
import { TreeError } from "./tree/errors";
import { discard, swapIn } from "./tree/swap";
import { type ClusterChanges, type StagedTree, stageTree } from "./tree/write";
import { ValidateError, type ValidationReport, validateTree } from "./validate";
import { readable } from "./validate/readable";

/** Where a tree that failed validation is kept, for a person to look into. */
const REJECTED = join("build", "rejected");

/** Where a tree is written that is only compared, so that a checkout can be read-only. */
const CHECKED = join(tmpdir(), "aks-fleet-check");

/** `npm run synth`. */
export async function run(args: readonly string[]): Promise<number> {
  const options = parse(args);
  if (typeof options === "number") return options;
  return interruptible(async (signal) => {
    try {
      return await synth(options, signal);
    } catch (error) {
      if (signal.aborted) {
        console.error(`\nInterrupted; ${shown(options.target)} is as it was.`);
        return 130;
      }
      console.error(error instanceof Error ? error.message : String(error));
      return error instanceof TreeError || error instanceof ValidateError ? 2 : 1;
    }
  });
}

async function synth(options: Options, signal: AbortSignal): Promise<number> {
  const started = now();
  const fleet = loadPreset(options.fleet);
  const clusters = renderFleet(fleet, overlayOf, progressOf(fleet.clusters.length));
  const beside = options.check ? CHECKED : options.target;
  const staged = await stageTree(options.target, clusters, { signal, beside });
  try {
    const rendered = now();
    const report = options.validate ? await validateTree(staged.folder, { signal, shownAs: REJECTED }) : undefined;
    signal.throwIfAborted();
    if (report && report.exitCode !== 0) return reject(staged, report, options);
    if (options.check) return compare(staged, options);
    swapIn(staged, options.target);
    print(staged, report, options, { render: rendered - started, all: now() - started });
    if (!options.json) for (const { path, reason, fix } of notesOn(fleet)) say(`Note: ${path}: ${reason}; ${fix}`);
    return 0;
  } finally {
    discard(staged);
  }
}

/** Milliseconds on a clock that nobody sets; `performance` would take one to load. */
const now = () => Number(process.hrtime.bigint()) / 1e6;

/** Tells a person who waits for a large fleet how far it is. */
function progressOf(size: number): (rendered: number) => void {
  if (size <= 20 || !process.stderr.isTTY) return () => {};
  return (rendered) => process.stderr.write(rendered < size ? `\rrendering ${rendered + 1} of ${size}` : "\r\x1b[K");
}

function reject(staged: StagedTree, report: ValidationReport, options: Options): number {
  console.error(readable(report));
  console.error(`\n${shown(options.target)} is as it was; ${keep(staged)}.`);
  return report.exitCode;
}

/** Copies, since the two folders may lie on different disks. That it may fail must not hide the report. */
function keep(staged: StagedTree): string {
  try {
    rmSync(REJECTED, { recursive: true, force: true });
    mkdirSync(dirname(REJECTED), { recursive: true });
    cpSync(staged.folder, REJECTED, { recursive: true });
    return `what was rendered is in ${REJECTED}`;
  } catch (error) {
    return `what was rendered could not be kept in ${REJECTED} (${error instanceof Error ? error.message : String(error)})`;
  }
}

function compare(staged: StagedTree, options: Options): number {
  const { differing } = staged;
  if (options.json) {
    say(JSON.stringify({ fleet: options.fleet, dist: options.target, differing }));
    return differing.length === 0 ? 0 : 1;
  }
  if (differing.length === 0) {
    say(`${shown(options.target)} is what the sources render.`);
    return 0;
  }
  console.error(
    `${shown(options.target)} is not what the sources render. Fix: run \`make synth\` and commit the result. Differing files:`,
  );
  for (const path of differing) console.error(`  ${join(shown(options.target), path)}`);
  return 1;
}

function print(
  staged: StagedTree,
  report: ValidationReport | undefined,
  options: Options,
  ms: { render: number; all: number },
): void {
  if (options.json) {
    const { changes } = staged;
    say(
      JSON.stringify({
        fleet: options.fleet,
        dist: options.target,
        clusters: changes,
        engine: report?.engine ?? null,
        milliseconds: ms,
      }),
    );
    return;
  }
  const total = staged.changes.reduce((sum, cluster) => sum + cluster.objects, 0);
  say(
    table(
      [
        { heading: "CLUSTER" },
        { heading: "COMPONENTS", numeric: true },
        { heading: "OBJECTS", numeric: true },
        { heading: "CHANGES" },
      ],
      staged.changes.map((cluster) => [
        cluster.cluster,
        String(cluster.components),
        String(cluster.objects),
        changesOf(cluster),
      ]),
    ),
  );
  const validated = report ? `, validated by ${report.engine}` : ", NOT VALIDATED (--no-validate)";
  say(
    `\n${total} objects in ${shown(options.target)}${validated}; rendered in ${seconds(ms.render)}, all in ${seconds(ms.all)}`,
  );
  if (report?.warning) console.error(`\n${report.warning}`);
}

function changesOf({ added, changed, removed }: ClusterChanges): string {
  const parts = [added && `${added} added`, changed && `${changed} changed`, removed && `${removed} removed`].filter(
    Boolean,
  );
  return parts.length > 0 ? parts.join(", ") : "none";
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function shown(path: string): string {
  const inside = relative(process.cwd(), path);
  return inside.startsWith("..") ? path : inside || ".";
}
