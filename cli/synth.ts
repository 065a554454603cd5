import { mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Fleet, loadFleet, notesOn } from "../clusters/fleet";
import { overlayOf } from "../clusters/overlays";
import { presetNamed } from "../clusters/presets";
import { type RenderedCluster, renderCluster } from "../main";
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
  --check        write nothing; exit with 1 and name the files when the folder is not what the sources render
  --no-validate  leave out the validation
  --json         print what was rendered as JSON
  --help         this text

Exit codes: 0 rendered, 1 the fleet or a manifest is wrong, 2 could not run, 130 interrupted. On all but 0 the folder is as it was.`;

/** Where a tree that failed validation is kept, for a person to look into. */
const REJECTED = join("build", "rejected");

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
  const fleet = loadFleet(presetNamed(options.fleet));
  const staged = await stageTree(options.target, renderAll(fleet), signal);
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

/** Renders one cluster after the other; when some fail, the error at the end lists the problems of all. */
function* renderAll(fleet: Fleet): Generator<RenderedCluster> {
  const problems: string[] = [];
  for (const [index, { name }] of fleet.clusters.entries()) {
    if (process.stderr.isTTY && fleet.clusters.length > 20)
      process.stderr.write(`\rrendering ${index + 1} of ${fleet.clusters.length}`);
    try {
      const cluster = renderCluster(fleet, name, overlayOf(name));
      if (problems.length === 0) yield cluster;
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (process.stderr.isTTY && fleet.clusters.length > 20) process.stderr.write("\r\x1b[K");
  if (problems.length > 0) throw new Error(`The fleet does not render:\n${problems.join("\n")}`);
}

function reject(staged: StagedTree, report: ValidationReport, options: Options): number {
  rmSync(REJECTED, { recursive: true, force: true });
  mkdirSync(dirname(REJECTED), { recursive: true });
  renameSync(staged.folder, REJECTED);
  console.error(readable(report));
  console.error(`\n${shown(options.target)} is as it was; what was rendered is in ${REJECTED}.`);
  return report.exitCode;
}

function compare(staged: StagedTree, options: Options): number {
  if (staged.differing.length === 0) {
    console.log(`${shown(options.target)} is what the sources render.`);
    return 0;
  }
  console.error(
    `${shown(options.target)} is not what the sources render. Fix: run \`make synth\` and commit the result. Differing files:`,
  );
  for (const path of staged.differing) console.error(`  ${join(shown(options.target), path)}`);
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
    const dist = values.dist ?? process.env["DIST"];
    return {
      fleet: values.fleet ?? (process.env["FLEET"] || "default"),
      target: dist ? resolve(process.env["INIT_CWD"] ?? process.cwd(), dist) : resolve("dist"),
      check: values.check,
      validate: !values["no-validate"],
      json: values.json,
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
}
