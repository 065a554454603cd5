import { type Delivered, delivered } from "./flux";
import type { Plane } from "./plane";
import { pause } from "./wait";

/** A Kustomization that has reached a commit. */
export interface Arrival extends Delivered {
  /** Seconds from the beginning of the wait until it was Ready. */
  readonly seconds: number;
}

/** What is waited for. */
export interface Expected {
  readonly planes: readonly Plane[];
  /** Names of each cluster's components. */
  readonly components: (cluster: string) => readonly string[];
  readonly commit: string;
}

/** How it is waited for. */
export interface DeliverOptions {
  /** Milliseconds. @default 10 min */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  /** Learns of each that has arrived, in order. */
  readonly onArrival?: (arrival: Arrival, left: number) => void;
}

/** Not everything has become Ready in time; the message has what Flux says about the rest. */
export class DeliveryError extends Error {
  constructor(
    message: string,
    readonly missing: readonly Delivered[],
  ) {
    super(message);
  }
}

/** Waits until every component of every cluster is Ready at a commit. Throws {@link DeliveryError} when that takes too long. */
export async function delivery(expected: Expected, options: DeliverOptions = {}): Promise<readonly Arrival[]> {
  const { timeout = 600_000, signal, onArrival = () => {} } = options;
  const started = performance.now();
  const arrived = new Map<string, Arrival>();
  const wanted = expected.planes.flatMap(({ name }) => [
    `${name}/root`,
    ...expected.components(name).map((component) => `${name}/${component}`),
  ]);
  for (;;) {
    const now = (await Promise.all(expected.planes.map(deliveredOrNothing))).flat();
    const seconds = (performance.now() - started) / 1000;
    // All at one look: what was Ready a moment ago may be reconciling again.
    const ready = new Set<string>();
    for (const each of now) {
      const key = `${each.cluster}/${each.component}`;
      if (!each.ready || each.revision !== expected.commit) continue;
      ready.add(key);
      if (arrived.has(key)) continue;
      arrived.set(key, { ...each, seconds });
      onArrival({ ...each, seconds }, wanted.filter((name) => !arrived.has(name)).length);
    }
    if (wanted.every((name) => ready.has(name))) return wanted.map((name) => arrived.get(name)).filter(isThere);
    if (seconds * 1000 > timeout) throw failure(wanted, ready, now, expected.commit, timeout);
    await pause(200, signal);
  }
}

function failure(
  wanted: readonly string[],
  ready: ReadonlySet<string>,
  now: readonly Delivered[],
  commit: string,
  timeout: number,
): DeliveryError {
  const missing = wanted.filter((name) => !ready.has(name)).map((name) => now.find(isNamed(name)) ?? absent(name));
  const lines = missing.map(
    ({ cluster, component, message, revision }) =>
      `  ${cluster}/${component}: ${message} (at ${revision?.slice(0, 7) ?? "nothing"})`,
  );
  return new DeliveryError(
    `Not everything is Ready at ${commit.slice(0, 7)} after ${Math.round(timeout / 1000)} s:\n${lines.join("\n")}`,
    missing,
  );
}

function isNamed(name: string): (each: Delivered) => boolean {
  return ({ cluster, component }) => `${cluster}/${component}` === name;
}

/** What is not there, or whose server does not answer. */
function absent(name: string): Delivered {
  const [cluster = "", component = ""] = name.split("/");
  return { cluster, component, ready: false, message: "not there", objects: [] };
}

/** A server that does not answer for a moment has delivered nothing. */
async function deliveredOrNothing(plane: Plane): Promise<readonly Delivered[]> {
  try {
    return await delivered(plane);
  } catch {
    return [];
  }
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}
