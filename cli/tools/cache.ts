import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Longer than any build takes, so that a lock whose owner's process number was given to another does not last. */
const LONGEST_BUILD = 60 * 60_000;

/** File name of a program on this system. */
export function binaryName(name: string): string {
  return process.platform === "win32" ? `${name}.exe` : name;
}

/**
 * Lets `write` make a file under a temporary name, then gives it its own: it is there complete or not at all, whoever else writes
 * it at the same time and wherever `write` is interrupted. Sweeps away what processes that are gone left half written.
 */
export async function placeAtomically(
  target: string,
  write: (temporary: string) => void | Promise<void>,
): Promise<void> {
  mkdirSync(dirname(target), { recursive: true });
  clearLeftovers(dirname(target));
  const temporary = `${target}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
  try {
    await write(temporary);
    renameSync(temporary, target);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * Does work that only one process should do at a time: the others wait, then look whether there is anything left to do. Work done
 * twice is only a waste, so a lock that cannot be taken is no reason to fail.
 */
export async function oneAtATime<T>(
  target: string,
  work: () => Promise<T>,
  context: { readonly note: (message: string) => void; readonly signal?: AbortSignal },
): Promise<T> {
  const lock = `${target}.lock`;
  mkdirSync(dirname(lock), { recursive: true });
  for (let waited = 0; !takeLock(lock); waited += 1) {
    if (waited === 0) context.note(`waiting for another process that makes ${basename(target)}`);
    await sleep(200, undefined, { signal: context.signal });
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    if (isStale(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function isStale(lock: string): boolean {
  try {
    const owner = readFileSync(lock, "utf8");
    const age = Date.now() - statSync(lock).mtimeMs;
    // The owner writes its number just after it made the file.
    return age > LONGEST_BUILD || (/^\d+$/.test(owner) ? !isAlive(Number(owner)) : age > 1000);
  } catch {
    return false;
  }
}

function clearLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const left = /\.(\d+)-[0-9a-f]{8}\.tmp$/.exec(name);
    if (left && !isAlive(Number(left[1]))) rmSync(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}
