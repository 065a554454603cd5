import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runProgram } from "../tools/process";
import type { StateFolder } from "./state";

/** What a rig takes on the disk, with room to work. One of three clusters was measured at 0.4 GB. */
const GIGABYTES = 1;

/** Where and with what a rig is to be brought up. */
export interface NeedsContext {
  /** The repository. */
  readonly root: string;
  /** @default the process's own */
  readonly env?: NodeJS.ProcessEnv;
  /** Bytes that are free for a folder. @default what the system says */
  readonly freeSpace?: (folder: string) => Promise<number>;
}

/** Throws with everything that is missing, before anything is begun. */
export async function requireNeeds(state: StateFolder, context: NeedsContext): Promise<void> {
  const { root, env = process.env, freeSpace = free } = context;
  const missing = await Promise.all([
    lacks("git", ["http-backend", "--no-such-option"], env, /not a git command|cannot be run|no such/i).then((lack) =>
      lack
        ? "git with its http-backend, which serves the rendered fleet. Fix: install Git (https://git-scm.com)"
        : undefined,
    ),
    lacks("go", ["version"], env).then((lack) =>
      lack
        ? "go, whose modules have the CRDs and charts. Fix: install Go 1.24 or newer (https://go.dev/dl)"
        : undefined,
    ),
    lacks("ps", ["-o", "pid=", "-p", "1"], env).then((lack) =>
      lack ? "ps, which finds the processes again. Fix: install procps" : undefined,
    ),
    existsSync(join(root, "infra", "node_modules", "@pulumi"))
      ? undefined
      : "the packages of the infra program, which the clusters' variables come from. Fix: npm ci --prefix infra",
    freeSpace(existing(state.path)).then((bytes) =>
      bytes < GIGABYTES * 1e9
        ? `${GIGABYTES} GB on the disk of ${state.path}, which has ${(bytes / 1e9).toFixed(1)} free. Fix: free some`
        : undefined,
    ),
  ]);
  const lines = missing.filter((line) => line !== undefined);
  if (lines.length > 0) throw new Error(`Missing:\n${lines.map((line) => `  ${line}`).join("\n")}`);
}

/** Whether a program cannot be started, or says this. */
async function lacks(program: string, args: readonly string[], env: NodeJS.ProcessEnv, saying?: RegExp) {
  try {
    const { stderr } = await runProgram(program, args, { env, timeout: 60_000 });
    return saying?.test(stderr) ?? false;
  } catch {
    return true;
  }
}

function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
}

async function free(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
