import { cpSync, mkdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { notesOn } from "../clusters/fleet";
import { overlayOf } from "../clusters/overlays";
import { presetNamed } from "../clusters/presets";
import { loadPreset, renderFleet } from "../main";
import { interruptible } from "./interrupt";
import { table } from "./table";
import { TreeError } from "./tree/errors";
import { discard, swapIn } from "./tree/swap";
import { type ClusterChanges, type StagedTree, stageTree } from "./tree/write";
import { type ValidationReport, validateTree } from "./validate";
import { readable } from "./validate/readable";

const HELP = `Renders every cluster of a fleet, validates the result, and puts it in place only when all of it is good.

Usage: npm run synth -- [OPTION...]

  --fleet NAME   preset to render (default: $FLEET, else "default")
  --dist DIR     folder to render to (default: $DIST, else dist)
  --check        render nothing into it; exit with 1 and name the files when the folder is not what the sources render
  --no-validate  leave out the validation
  --json         print what was rendered as JSON
  --help         this text

Exit codes: 0 rendered, 1 the fleet or a manifest is wrong, 2 could not run, 130 interrupted. On all but 0 the folder is as it was.`;

/** Where a tree that failed validation is kept, for a person to look into. */
const REJECTED = join("build", "rejected");

/** Where a tree is written that is only compared, so that a checkout can be read-only. */
const CHECKED = join(tmpdir(), "aks-fleet-check");

interface Options {
  readonly fleet: string;
  readonly target: string;
  readonly check: boolean;
  readonly validate: boolean;
  readonly json: boolean;
}

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
      return error instanceof TreeError ? 2 : 1;
    }
  });
}

async function synth(options: Options, signal: AbortSignal): Promise<number> {
  const started = performance.now();
  const fleet = loadPreset(options.fleet);
  const clusters = renderFleet(fleet, overlayOf, progressOf(fleet.clusters.length));
  const beside = options.check ? CHECKED : options.target;
  const staged = await stageTree(options.target, clusters, { signal, beside });
  try {
    const rendered = performance.now();
    const report = options.validate ? await validateTree(staged.folder, { signal, shownAs: REJECTED }) : undefined;
    signal.throwIfAborted();
    if (report && report.exitCode !== 0) return reject(staged, report, options);
    if (options.check) return compare(staged, options);
    swapIn(staged, options.target);
    print(staged, report, options, { render: rendered - started, all: performance.now() - started });
    if (!options.json)
      for (const { path, reason, fix } of notesOn(fleet)) console.log(`Note: ${path}: ${reason}; ${fix}`);
    return 0;
  } finally {
    discard(staged);
  }
}

/** Tells a person who waits for a large fleet how far it is. */
function progressOf(size: number): (rendered: number) => void {
  if (!process.stderr.isTTY || size <= 20) return () => {};
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
    console.log(JSON.stringify({ fleet: options.fleet, dist: options.target, differing }));
    return differing.length === 0 ? 0 : 1;
  }
  if (differing.length === 0) {
    console.log(`${shown(options.target)} is what the sources render.`);
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
    console.log(
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
  console.log(
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
  console.log(
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

/** Where a link leads: it is the folder there that is replaced, not the link. */
function followed(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function parse(args: readonly string[]): Options | number {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        fleet: { type: "string" },
        dist: { type: "string" },
        check: { type: "boolean", default: false },
        "no-validate": { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const fleet = values.fleet ?? (process.env["FLEET"] || "default");
    presetNamed(fleet);
    const dist = values.dist ?? process.env["DIST"];
    return {
      fleet,
      target: followed(dist ? resolve(process.env["INIT_CWD"] ?? process.cwd(), dist) : resolve("dist")),
      check: values.check,
      validate: !values["no-validate"],
      json: values.json,
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
}
