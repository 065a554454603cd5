import { statfsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { knownProcesses, lastWords, runningProcesses } from "./processes";
import type { StateFolder } from "./state";

/** A process of the rig that has ended by itself; the message has what it said last. */
export class EndedProcess extends Error {}

/**
 * Does work for as long as every process of the rig runs. When one ends, the work is told by its signal, and once it has stopped, that error
 * is thrown: what waits for a process that is gone waits long.
 */
export async function whileAlive<T>(
  state: StateFolder,
  work: (signal: AbortSignal) => Promise<T>,
  { signal: outer, interval = 1000 }: { readonly signal?: AbortSignal; readonly interval?: number } = {},
): Promise<T> {
  const controller = new AbortController();
  const done = new AbortController();
  const signal = outer ? AbortSignal.any([outer, controller.signal]) : controller.signal;
  const watching = watch(state, interval, done.signal).then((ended) => {
    if (ended) controller.abort(ended);
  });
  try {
    return await work(signal);
  } catch (error) {
    throw controller.signal.aborted && !outer?.aborted ? controller.signal.reason : error;
  } finally {
    done.abort();
    await watching;
  }
}

/** Names of processes that were started and do not run. */
export async function endedProcesses(state: StateFolder): Promise<readonly string[]> {
  // In this order: what is started meanwhile is not known yet, so it is not missed.
  const known = knownProcesses(state);
  const running = new Set((await runningProcesses(state)).map(({ name }) => name));
  return known.filter((name) => !running.has(name));
}

/** Looks until a process has ended, or until told to stop. */
async function watch(state: StateFolder, interval: number, stop: AbortSignal): Promise<EndedProcess | undefined> {
  while (!stop.aborted) {
    const ended = await endedProcesses(state).catch(() => []);
    // The one that says why, else the storage, which takes the others along.
    const first = ended.find((name) => fixFor(lastWords(state, name))) ?? ended.find(isStorage) ?? ended[0];
    if (first) return new EndedProcess(explain(state, first));
    await sleep(interval, undefined, { signal: stop }).catch(() => {});
  }
  return undefined;
}

function explain(state: StateFolder, name: string): string {
  const words = lastWords(state, name);
  // What nobody could write down shows in the disk itself.
  const fix = fixFor(words) || fixFor(isFull(state) ? "no space left" : "");
  return `${name} has ended${fix}. It said last:\n${words}`;
}

function isStorage(name: string): boolean {
  return name.endsWith("-etcd");
}

function isFull({ path }: StateFolder): boolean {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize < 1e6;
  } catch {
    return false;
  }
}

function fixFor(words: string): string {
  if (/address already in use/.test(words)) return ", as another program took its port. Fix: run it again";
  if (/no space left/i.test(words)) return ", as the disk is full. Fix: free some space and run it again";
  if (/cannot allocate memory|out of memory/i.test(words))
    return ", as there is no memory left. Fix: end what needs much";
  return "";
}
