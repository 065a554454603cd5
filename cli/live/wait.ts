import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** How long, and how often, something is waited for. */
export interface Waiting {
  /** Milliseconds. @default 120 s, generous: a busy machine is slow, and a wait ends as soon as it can */
  readonly timeout?: number;
  /** Milliseconds between two looks. @default 150 */
  readonly interval?: number;
  readonly signal?: AbortSignal;
  /** What to add to the error when the time is over. */
  readonly explain?: () => string | Promise<string>;
}

/** Milliseconds that one look may take; some never end. */
const LOOK = 30_000;

/** Looks until there is something, and returns it. An error of a look counts as nothing yet. Throws when the time is over. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  { timeout = 120_000, interval = 150, signal, explain }: Waiting = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const end = performance.now() + timeout;
  let last: unknown;
  for (;;) {
    signal?.throwIfAborted();
    try {
      const found = await within(LOOK, async () => look(), signal);
      if (found !== undefined && found !== null && found !== false) return found as NonNullable<Exclude<T, false>>;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) break;
    await pause(interval, signal);
  }
  const reasons = [last instanceof Error ? last.message : undefined, await explain?.()].filter(Boolean);
  throw new Error([`${what}: not within ${Math.round(timeout / 1000)} s`, ...reasons].join("\n"));
}

/** Sleeps; throws the reason of the signal when that ends it, as what waits should say why. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal && { signal });
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  }
}

async function within<T>(milliseconds: number, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new Error(`no answer within ${milliseconds / 1000} s`)), milliseconds);
  try {
    return await orAborted(work(), signal ? AbortSignal.any([signal, limit.signal]) : limit.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** What a promise gives, or the reason of the signal if that comes first; for work that knows no signal. */
export function orAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** Whether a server says yes. Not `fetch`: one that is asked while the server starts was seen never to end. */
export function answers(url: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const asked = get(url, { timeout: 2000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on("timeout", () => asked.destroy(new Error(`${url}: no answer`)));
    asked.on("error", reject);
  });
}
