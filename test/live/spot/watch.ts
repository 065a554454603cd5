import { setTimeout as sleep } from "node:timers/promises";
import type { Plane } from "../../../cli/live/plane";
import { measured } from "../measures";
import { budget, pods } from "./application";

/** One look at the application. */
export interface Sample {
  /** Seconds since the watch began. */
  readonly at: number;
  /** Pods that take requests. */
  readonly serving: number;
}

/** A watch of the application while something is done to it. */
export interface Watch {
  readonly samples: readonly Sample[];
  /** Least number of pods that the budget allows to serve. */
  readonly least: number;
  /** Seconds since the watch began. */
  now(): number;
  /** Ends the watch. */
  stop(): Promise<void>;
}

/** Watches that go on. */
const running = new Set<Watch>();

/** Milliseconds between two looks. */
const INTERVAL = 200;

/** Looks at the application over and over. All its pods have to serve when this begins. */
export async function watch(plane: Plane): Promise<Watch> {
  const least = await budget(plane);
  const samples: Sample[] = [];
  const started = performance.now();
  const now = () => (performance.now() - started) / 1000;
  const end = new AbortController();
  const look = async () => {
    const at = now();
    samples.push({ at, serving: (await pods(plane)).filter(({ serves }) => serves).length });
  };
  const looks = (async () => {
    while (!end.signal.aborted) {
      await look();
      await sleep(INTERVAL);
    }
    // What the watch was ended for is seen, too.
    await look();
  })();
  // Whoever stops the watch learns of it.
  looks.catch(() => {});
  const watched: Watch = {
    samples,
    least,
    now,
    stop: async () => {
      end.abort();
      running.delete(watched);
      await looks;
    },
  };
  running.add(watched);
  return watched;
}

/** Ends the watches that nobody has ended. */
export async function endWatches(): Promise<void> {
  for (const watched of running) await watched.stop();
}

/** Share of looks, from `from` on, at which at least `least` pods served. */
export function availability({ samples }: Pick<Watch, "samples">, least: number, from = 0, to = Infinity): number {
  const seen = samples.filter(({ at }) => at >= from && at < to);
  return seen.length === 0 ? Number.NaN : seen.filter(({ serving }) => serving >= least).length / seen.length;
}

/** Seconds from `from` until all pods serve again, for good. */
export function recovery({ samples }: Pick<Watch, "samples">, all: number, from: number): number {
  const after = samples.filter(({ at }) => at >= from);
  const last = after.findLastIndex(({ serving }) => serving < all);
  return (after[last + 1]?.at ?? Number.NaN) - from;
}

/** Keeps the figures of a drill. */
export function report(drill: string, watched: Watch, all: number, from: number): void {
  const part = `drill: ${drill}`;
  const percent = (least: number) => availability(watched, least, from) * 100;
  const lowest = Math.min(...watched.samples.map(({ serving }) => serving));
  measured(part, `looks with the budget's ${watched.least} of ${all} pods or more`, percent(watched.least), "%");
  measured(part, "looks with a pod or more", percent(1), "%");
  measured(part, "fewest pods at a look", lowest, "");
  measured(part, `until all ${all} pods serve again`, recovery(watched, all, from), "s");
}
