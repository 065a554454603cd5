import { type Arrival, type DeliverOptions, delivery } from "./deliver";
import { chartHasKyverno, kyvernoAnswers, kyvernoProcess, kyvernoServes, runsKyverno, startKyverno } from "./kyverno";
import { type Plane, reachesLoopback } from "./plane";
import { knownProcesses } from "./processes";
import { componentsIn, type Live } from "./up";
import { until } from "./wait";

/** Options of {@link settle}. */
export interface SettleOptions extends DeliverOptions {
  /** Path of Kyverno's admission controller, which is started where it was not yet. @default none is started */
  readonly kyverno?: string;
}

/**
 * Waits until everything is Ready at a commit. Starts Kyverno beside each cluster that runs it, as soon as Flux has installed its chart,
 * so that policies are in force by the end; not where the API server could not reach it. Throws a `DeliveryError` when it takes too long.
 */
export async function settle(live: Live, commit: string, options: SettleOptions = {}): Promise<readonly Arrival[]> {
  const { kyverno } = options;
  const guarded = live.planes.filter((plane) => reachesLoopback(plane) && runsKyverno(live.fleet, plane.name));
  const enough = new AbortController();
  const signal = options.signal ? AbortSignal.any([enough.signal, options.signal]) : enough.signal;
  const known = new Set(knownProcesses(live.state));
  const lacking = guarded.filter(({ name }) => !known.has(kyvernoProcess(name)));
  const started = kyverno ? lacking.map((plane) => follow(live, plane, kyverno, signal)) : [];
  // Their end is looked at below; until then a failure must not end the process.
  for (const each of started) each.catch(() => {});
  try {
    const arrivals = await delivery(
      { planes: live.planes, components: (cluster) => componentsIn(live, cluster), commit },
      options,
    );
    await Promise.all(started);
    await Promise.all(guarded.map((plane) => kyvernoServes(plane, signal)));
    return arrivals;
  } finally {
    enough.abort();
  }
}

async function follow(live: Live, plane: Plane, program: string, signal: AbortSignal): Promise<void> {
  const what = `the chart of Kyverno on ${plane.name}`;
  await until(what, () => chartHasKyverno(plane), { timeout: 900_000, interval: 500, signal });
  await startKyverno(live.state, plane, program);
  await kyvernoAnswers(plane, signal);
}
