import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { interruptible } from "./interrupt";
import { type Arrival, DeliveryError } from "./live/deliver";
import { memoryOf } from "./live/memory";
import { type LiveOptions, parse } from "./live/options";
import { Phases } from "./live/phases";
import { findPrograms } from "./live/programs";
import { type LiveReport, readable } from "./live/report";
import { settle } from "./live/settle";
import { hasState, STATE, stateFolder } from "./live/state";
import { bringUp, LIVE_PROGRAMS, type Live, openLive, pushFleet } from "./live/up";
import { provisionedVariables } from "./live/variables";

/** `npm run live`. */
export async function run(args: readonly string[]): Promise<number> {
  const options = parse(args);
  if (typeof options === "number") return options;
  return interruptible(async (signal) => {
    try {
      return await live(options, signal);
    } catch (error) {
      if (signal.aborted) {
        console.error("\nInterrupted.");
        return 130;
      }
      console.error(error instanceof Error ? error.message : String(error));
      return 2;
    }
  });
}

async function live(options: LiveOptions, signal: AbortSignal): Promise<number> {
  const say = (line: string) => console.error(line);
  const phases = new Phases(say);
  const state = stateFolder(resolve(STATE));
  const { live, commit, kyverno } = hasState(state)
    ? await pushAgain(openLive(state), signal)
    : await fromNothing(state, options, phases, signal);
  const arrivals: Arrival[] = [];
  let missing: readonly string[] = [];
  try {
    await phases.run("all Ready", () =>
      settle(live, commit, {
        timeout: options.timeout,
        signal,
        ...(kyverno && { kyverno }),
        onArrival: (arrival, left) => {
          arrivals.push(arrival);
          phases.note(`${arrival.cluster} ${arrival.component} Ready, ${left} left`);
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    missing = error.missing.map(({ cluster, component, message }) => `${cluster}/${component}: ${message}`);
  }
  const report: LiveReport = {
    fleet: options.fleet,
    commit,
    arrivals,
    missing,
    phases: phases.done,
    memory: await memoryOf(state),
    standIns: live.registry.standIns,
    seconds: phases.elapsed,
  };
  print(report, options, live);
  return missing.length === 0 ? 0 : 1;
}

async function fromNothing(
  state: ReturnType<typeof stateFolder>,
  options: LiveOptions,
  phases: Phases,
  signal: AbortSignal,
) {
  const root = process.cwd();
  const programs = await findPrograms(LIVE_PROGRAMS, { root, note: (line) => console.error(line), signal });
  const variables = await phases.run("variables from the infra program", () =>
    provisionedVariables(root, options.fleet, signal),
  );
  const live = await bringUp(state, { preset: options.fleet, root, programs, variables, phases, signal });
  return { live, commit: live.commit, kyverno: programs.kyverno };
}

/** A second run is a push of what has changed since. */
async function pushAgain(live: Live, signal: AbortSignal) {
  console.error("Already up: pushing what has changed.");
  return { live, commit: await pushFleet(live, "The fleet as it is now", signal), kyverno: undefined };
}

function print(report: LiveReport, { json }: LiveOptions, { planes }: Live): void {
  if (json === "-") console.log(JSON.stringify(report, null, 2));
  else {
    if (json) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
    console.log(readable(report));
    console.log("\nLook around:");
    for (const { kubeconfig } of planes) console.log(`  kubectl --kubeconfig ${kubeconfig} get kustomizations -A`);
    console.log("Change something and run `make live` again to push it; `make live-down` ends it.");
  }
}
