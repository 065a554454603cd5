import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { measureDiffs } from "./bench/diff";
import { measureGoals } from "./bench/goals";
import { leftOut } from "./bench/measure";
import { type BenchOptions, HELP, type Part, parse } from "./bench/options";
import { comparePeers } from "./bench/peers";
import { renderOnce } from "./bench/render-once";
import { type Figures, tablesOf } from "./bench/report";
import { measureSizes } from "./bench/sizes";
import { complain } from "./usage";

/** `npm run bench`. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const options = parse(args);
    if (options === "help") console.log(HELP);
    else if ("render" in options) await renderOnce(options);
    else await bench(options);
    return 0;
  } catch (error) {
    complain(error, HELP);
    return 2;
  }
}

async function bench(options: BenchOptions): Promise<void> {
  // Beside dist, so that files are made on the disk that people render to; temporary folders are often slower or faster.
  mkdirSync("build", { recursive: true });
  const folder = resolve(mkdtempSync(join("build", "measured-")));
  let figures: Figures = {};
  try {
    console.log(
      [
        `Node ${process.versions.node}`,
        `${options.runs} runs`,
        "medians",
        ...leftOut().map((name) => `without ${name}`),
      ].join(", "),
    );
    for (const part of options.parts) {
      const measured = await MEASURE[part](folder, options);
      progress("");
      console.log(`\n${tablesOf(measured)}`);
      figures = { ...figures, ...measured };
      // What was measured is kept though a later part should fail.
      if (options.json !== undefined)
        write(options.json, { node: process.versions.node, runs: options.runs, unset: leftOut(), ...figures });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const progress = (text: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`);

const MEASURE: Readonly<Record<Part, (folder: string, options: BenchOptions) => Promise<Figures>>> = {
  // Peers first: for a while after the large trees of the sizes were removed, some disks are slow to make files.
  render: async (folder, { sizes = [1, 3, 30, 300, 1000], runs, peers }) => ({
    ...(peers ? { peers: await comparePeers(folder, runs, progress) } : {}),
    sizes: measureSizes(folder, sizes, runs, progress),
  }),
  diff: async (folder, { sizes = [3, 100, 1000], runs, peers }) => ({
    diff: await measureDiffs(folder, sizes, { runs, peers, progress }),
  }),
  goals: async (folder, { runs }) => ({ goals: await measureGoals(folder, runs, progress) }),
};

function write(name: string, figures: object): void {
  const file = resolve(process.env["INIT_CWD"] ?? process.cwd(), name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
}
