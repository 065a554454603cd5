import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Estimate, estimatesInOrder, inWords } from "../tools/estimate";
import type { GoTool, ToolContext } from "../tools/go-tool";
import { runProgram } from "../tools/process";

/** Bytes that are free for a folder. */
export type FreeSpace = (folder: string) => number | Promise<number>;

/** Size of a built program, roughly. */
const PROGRAM_GIGABYTES = 0.1;
/** Seconds of work after which a machine's own pace says more than that of the machine which was measured. */
const TELLING = 60;
const GIGABYTE = 1e9;

/** What is said before builds: how many, what they cost, and which. */
export function announcement(tools: readonly GoTool[]): string {
  const estimates = estimatesInOrder(tools);
  const programs = tools.length === 1 ? "1 program is built" : `${tools.length} programs are built`;
  const cost = `about ${inWords(seconds(estimates))} on two cores and ${inGigabytes(gigabytes(estimates))} for Go's caches`;
  return `${programs}, once: ${cost} (${tools.map(({ name }) => name).join(", ")})`;
}

/** What is said when a build begins: which, and how long all that is left takes at the pace of what was done. */
export function progress(tools: readonly GoTool[], index: number, spent: number): string {
  const estimates = estimatesInOrder(tools);
  const done = seconds(estimates.slice(0, index));
  const left = seconds(estimates.slice(index)) * (done < TELLING ? 1 : spent / done);
  return `building ${tools[index]?.name} (${index + 1} of ${tools.length}, about ${inWords(left)} left)`;
}

/** Throws where the disks have no room for builds and what they leave. */
export async function requireSpace(
  tools: readonly GoTool[],
  context: ToolContext & { readonly freeSpace?: FreeSpace },
): Promise<void> {
  const needed = gigabytes(estimatesInOrder(tools));
  const cache = join(context.root ?? process.cwd(), ".cache");
  const places = [
    ...(await goCaches(context)).map((folder) => ({ folder, needed })),
    { folder: cache, needed: PROGRAM_GIGABYTES * tools.length },
  ];
  for (const place of places) {
    const free = (await (context.freeSpace ?? freeSpace)(place.folder)) / GIGABYTE;
    if (free >= place.needed) continue;
    throw new Error(
      `${place.folder} has ${inGigabytes(free)} free, and what must be built takes up to ${inGigabytes(place.needed)} there. Fix: free some space (\`go clean -cache\` empties Go's build cache), or let GOCACHE and GOMODCACHE name folders on another disk`,
    );
  }
}

/** Go's folders for what it built and what it downloaded. */
async function goCaches({ env, signal }: ToolContext): Promise<readonly string[]> {
  const { stdout } = await runProgram("go", ["env", "GOCACHE", "GOMODCACHE"], { env, signal, timeout: 10_000 });
  return stdout.split("\n").filter((line) => line !== "");
}

async function freeSpace(folder: string): Promise<number> {
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  const { bavail, bsize } = await statfs(existing);
  return bavail * bsize;
}

function inGigabytes(amount: number): string {
  return `${amount < 10 ? Math.round(amount * 10) / 10 : Math.round(amount)} GB`;
}

function seconds(estimates: readonly Estimate[]): number {
  return estimates.reduce((total, estimate) => total + estimate.seconds, 0);
}

function gigabytes(estimates: readonly Estimate[]): number {
  return estimates.reduce((total, estimate) => total + estimate.gigabytes, 0);
}
