import { setMaxListeners } from "node:events";
import { writeFileSync } from "node:fs";
import { interruptible } from "./interrupt";
import { whileAlive } from "./live/alive";
import { type Begun, begin } from "./live/begin";
import { type Arrival, DeliveryError } from "./live/deliver";
import { LeftBehind } from "./live/down";
import { kubeconfigOfAll } from "./live/identities";
import { takeLock } from "./live/lock";
import { memoryOf, memoryOfAll } from "./live/memory";
import { type LiveOptions, parse } from "./live/options";
import { Phases } from "./live/phases";
import { type LiveReport, readable } from "./live/report";
import { settle } from "./live/settle";
import { liveState, type StateFolder } from "./live/state";
import { takeDown } from "./live/up";

/** `npm run live`. */
export async function run(args: readonly string[]): Promise<number> {
  const options = parse(args);
  if (typeof options === "number") return options;
  return interruptible(async (signal) => {
    // Many wait for it at once, which is no leak.
    setMaxListeners(0, signal);
    try {
      return await alone(options, signal);
    } catch (error) {
      if (signal.aborted && !(error instanceof LeftBehind)) return 130;
      console.error(explain(error));
      return 2;
    }
  });
}

/** Two commands at once would undo each other's work. */
async function alone(options: LiveOptions, signal: AbortSignal): Promise<number> {
  const state = liveState();
  const lock = await takeLock(state, "make live");
  if (typeof lock !== "function") {
    const fix = lock.work === "make live" ? "wait until it is done, or end it with `make live-down`" : "wait for it";
    throw new Error(`\`${lock.work}\` (process ${lock.pid}) is at work here. Fix: ${fix}`);
  }
  try {
    return await live(state, options, signal);
  } finally {
    lock();
  }
}

async function live(state: StateFolder, options: LiveOptions, signal: AbortSignal): Promise<number> {
  const note = (line: string) => console.error(line);
  const phases = new Phases(note, { memory: () => memoryOfAll(state) });
  signal.addEventListener("abort", () => note("\nInterrupted: ending what this run started."), { once: true });
  const begun = await begin(state, options, { root: process.cwd(), phases, note, signal });
  const arrivals: Arrival[] = [];
  let missing: readonly string[] = [];
  try {
    await phases.run("all Ready", () => arrive(state, begun, options, phases, arrivals, signal));
  } catch (error) {
    if (signal.aborted && begun.isNew) await takeDown(state, { note });
    signal.throwIfAborted();
    missing = reasons(error);
  }
  const report: LiveReport = {
    fleet: options.fleet,
    commit: begun.commit,
    arrivals,
    missing,
    phases: phases.done,
    memory: await memoryOf(state),
    standIns: [
      ...begun.live.planes.flatMap(({ existing }) => existing?.standIns ?? []),
      ...begun.live.registry.standIns,
    ],
    seconds: phases.elapsed,
  };
  print(report, options, begun);
  return missing.length === 0 ? 0 : 1;
}

function arrive(
  state: StateFolder,
  { live, commit, kyverno }: Begun,
  { timeout }: LiveOptions,
  phases: Phases,
  arrivals: Arrival[],
  signal: AbortSignal,
) {
  const onArrival = (arrival: Arrival, left: number) => {
    arrivals.push(arrival);
    phases.note(`${arrival.cluster} ${arrival.component} Ready, ${left} left`);
  };
  const work = (alive: AbortSignal) =>
    settle(live, commit, { timeout, signal: alive, onArrival, ...(kyverno && { kyverno }) });
  return whileAlive(state, work, { signal });
}

function reasons(error: unknown): readonly string[] {
  return error instanceof DeliveryError
    ? error.missing.map(({ cluster, component, message }) => `${cluster}/${component}: ${message}`)
    : [explain(error)];
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isFull = (error as NodeJS.ErrnoException).code === "ENOSPC";
  return isFull ? `${error.message}. Fix: free some disk space and run it again` : error.message;
}

function print(report: LiveReport, { json }: LiveOptions, { live, isNew }: Begun): void {
  if (json === "-") {
    console.log(JSON.stringify(report, null, 2));
    return;
  }
  if (json) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  console.log(readable(report, { brief: !isNew }));
  console.log(`\nLook around:\n  export KUBECONFIG=${kubeconfigOfAll(live.state)}`);
  for (const { name } of live.planes) console.log(`  kubectl --context live-${name} get kustomizations -A`);
  console.log("Change something and run `make live` again to push it; `make live-down` ends it.");
}
