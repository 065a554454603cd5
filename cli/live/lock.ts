import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runProgram } from "../tools/process";
import type { StateFolder } from "./state";

/** Who is at work on a rig. */
export interface Holder {
  readonly pid: number;
  /** Its command line, as a process number alone may be another's by now. */
  readonly command: string;
  /** What it does, for example `live`. */
  readonly work: string;
}

/** Gives the rig free again. */
export type Release = () => void;

/**
 * Takes a rig for oneself; returns who has it otherwise. Whoever was killed has it no longer. The lock lies beside the state folder, as it
 * is there before the folder is and after.
 */
export async function takeLock(state: StateFolder, work: string): Promise<Release | Holder> {
  const file = lockFile(state);
  const draft = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  const own: Holder = { pid: process.pid, command: (await commandOf(process.pid)) ?? "", work };
  try {
    writeFileSync(draft, JSON.stringify(own));
    for (;;) {
      // A link is there complete or not at all.
      if (linked(draft, file)) return () => rmSync(file, { force: true });
      const holder = holderIn(file);
      if (holder && (await commandOf(holder.pid)) === holder.command) return holder;
      clear(file, holder);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Takes a rig from whoever has it: asks to clean up and end, waits for that, and ends it for good when it takes too long. */
export async function seizeLock(
  state: StateFolder,
  work: string,
  { note, patience = 60_000 }: { readonly note: (line: string) => void; readonly patience?: number },
): Promise<Release> {
  const end = Date.now() + patience;
  let asked: number | undefined;
  for (;;) {
    const taken = await takeLock(state, work).catch(onFullDisk);
    if (typeof taken === "function") return taken;
    if (asked !== taken.pid) {
      asked = taken.pid;
      note(`\`${taken.work}\` (process ${taken.pid}) is at work here: waiting until it has ended.`);
      // Who takes down is not asked to stop doing so.
      if (taken.work !== work) signalTo(taken.pid, "SIGTERM");
    }
    if (Date.now() > end) signalTo(taken.pid, "SIGKILL");
    await sleep(100);
  }
}

/** What takes down frees the disk, so a full one must not keep it from doing so. */
function onFullDisk(error: NodeJS.ErrnoException): Release {
  if (error.code !== "ENOSPC") throw error;
  return () => {};
}

function lockFile({ path }: StateFolder): string {
  return `${path}.lock`;
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes the lock of somebody who is gone; puts back the one that another has put in its place meanwhile. */
function clear(file: string, gone: Holder | undefined): void {
  const aside = `${file}.${process.pid}.gone`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (holderIn(aside)?.pid !== gone?.pid) linked(aside, file);
  rmSync(aside, { force: true });
}

function holderIn(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

/** The command line of a process, or undefined where it does not run. */
async function commandOf(pid: number): Promise<string | undefined> {
  const { stdout } = await runProgram("ps", ["-ww", "-o", "stat=,args=", "-p", String(pid)]);
  const [, stat = "Z", args = ""] = /^\s*(\S+)\s+(.*)$/.exec(stdout.trim()) ?? [];
  return stat.startsWith("Z") ? undefined : args;
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}
