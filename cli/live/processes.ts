import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { runProgram } from "../tools/process";
import { read, type StateFolder, save } from "./state";

/** A program as the rig runs it. Kept in the state folder, so that anybody can start it again just so. */
export interface ProcessSpec {
  /** Unique in the rig, for example `app1-etcd`. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** What its environment has beside PATH, HOME and TMPDIR. @default nothing */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** One process that runs. */
export interface LiveProcess {
  readonly pid: number;
  readonly name: string;
}

/**
 * Starts a program that outlives this one. Its own name for itself is a path in the state folder: that is how it is found again,
 * even when whoever started it was killed before writing anything down.
 */
export function startProcess(state: StateFolder, spec: ProcessSpec): LiveProcess {
  if (isScript(spec.program)) {
    throw new Error(
      `${spec.program} is a script, whose process could not be found again. Fix: have the program itself on PATH`,
    );
  }
  mkdirSync(join(state.path, "processes"), { recursive: true });
  // One in memory is gone after the machine was switched off.
  if (spec.env?.["TMPDIR"]) mkdirSync(spec.env["TMPDIR"], { recursive: true, mode: 0o700 });
  save(specFile(state, spec.name), spec);
  const log = openSync(state.log(spec.name), "a");
  try {
    const child = spawn(spec.program, spec.args, {
      argv0: marker(state, spec.name),
      cwd: spec.cwd,
      env: { PATH: process.env["PATH"], HOME: spec.cwd, TMPDIR: process.env["TMPDIR"], ...spec.env },
      detached: true,
      stdio: ["ignore", log, log],
    });
    // That it could not be started shows in what waits for it; the event must not end this process.
    child.on("error", () => {});
    child.unref();
    if (child.pid === undefined) throw new Error(`${spec.program} cannot be started`);
    return { pid: child.pid, name: spec.name };
  } finally {
    closeSync(log);
  }
}

/** Starts a process again as it was started before. */
export function restartProcess(state: StateFolder, name: string): LiveProcess {
  return startProcess(state, read<ProcessSpec>(specFile(state, name)));
}

/** Names of all processes that were ever started. */
export function knownProcesses(state: StateFolder): readonly string[] {
  try {
    const files = readdirSync(join(state.path, "processes")).filter((file) => file.endsWith(".json"));
    return files.map((file) => basename(file, ".json")).sort();
  } catch {
    return [];
  }
}

/** What of the rig runs now. */
export async function runningProcesses(state: StateFolder): Promise<readonly LiveProcess[]> {
  const { stdout } = await runProgram("ps", ["-axww", "-o", "pid=,stat=,args="]);
  const prefix = marker(state, "");
  return stdout.split("\n").flatMap((line) => {
    const [, pid, stat = "", args = ""] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (!pid || stat.startsWith("Z") || !args.startsWith(prefix)) return [];
    return [{ pid: Number(pid), name: args.slice(prefix.length).split(" ")[0] ?? "" }];
  });
}

/** Ends processes and waits until they are gone: politely first, so that they clean up, then for good. */
export async function endProcesses(
  state: StateFolder,
  which: (name: string) => boolean,
  { patience = 5000 }: { readonly patience?: number } = {},
): Promise<readonly string[]> {
  const ended = new Set<string>();
  for (const [signal, wait] of [["SIGTERM", patience] as const, ["SIGKILL", 20_000] as const]) {
    for (const { pid, name } of await matching(state, which)) {
      ended.add(name);
      signalTo(pid, signal);
    }
    for (const end = Date.now() + wait; Date.now() < end && (await matching(state, which)).length > 0; ) {
      await sleep(50);
    }
  }
  const left = await matching(state, which);
  if (left.length > 0) throw new Error(`cannot end ${left.map(({ name, pid }) => `${name} (${pid})`).join(", ")}`);
  return [...ended].sort();
}

/** Ends one process without warning, as a crash would, and waits until it is gone. */
export async function killProcess(state: StateFolder, name: string): Promise<void> {
  for (const { pid } of await matching(state, (each) => each === name)) signalTo(pid, "SIGKILL");
  while ((await matching(state, (each) => each === name)).length > 0) await sleep(20);
}

/** The last lines of a process's log, for an error that has to say why. */
export function lastWords(state: StateFolder, name: string, lines = 8): string {
  try {
    const log = stripVTControlCharacters(readFileSync(state.log(name), "utf8"));
    return log.trimEnd().split("\n").slice(-lines).join("\n");
  } catch {
    return "(it wrote nothing)";
  }
}

async function matching(state: StateFolder, which: (name: string) => boolean): Promise<readonly LiveProcess[]> {
  return (await runningProcesses(state)).filter(({ name }) => which(name));
}

/** A script's process has the name of its interpreter, whatever it is started as. */
function isScript(program: string): boolean {
  try {
    const file = openSync(program, "r");
    try {
      const start = Buffer.alloc(2);
      readSync(file, start);
      return start.toString() === "#!";
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}

function marker(state: StateFolder, name: string): string {
  return join(state.path, "run", "/") + name;
}

function specFile(state: StateFolder, name: string): string {
  return join(state.path, "processes", `${name}.json`);
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}

/** Forgets how a process that has ended was started. */
export function forgetProcess(state: StateFolder, name: string): void {
  rmSync(specFile(state, name), { force: true });
}
