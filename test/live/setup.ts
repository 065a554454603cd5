import { rmSync } from "node:fs";
import { join } from "node:path";
import { memoryOfAll } from "../../cli/live/memory";
import { Phases } from "../../cli/live/phases";
import { findPrograms } from "../../cli/live/programs";
import { settle } from "../../cli/live/settle";
import { hasState } from "../../cli/live/state";
import { bringUp, LIVE_PROGRAMS, takeDown } from "../../cli/live/up";
import { variablesIn } from "../../cli/live/variables";
import { recorded } from "../../infra/record";
import { measured } from "./measures";
import { clusters, place, ROOT, refuseExisting } from "./place";

/** Brings up the rig that all files share. */
export default async function setup(): Promise<void> {
  refuseExisting();
  const state = place();
  rmSync(join(ROOT, "reports", "live.jsonl"), { force: true });
  if (hasState(state) && process.env["LIVE_STATE"]) return;
  const say = (line: string) => process.stderr.write(`${line}\n`);
  await takeDown(state);
  const phases = new Phases(say, { memory: () => memoryOfAll(state) });
  const programs = await phases.run("programs, found or built", () =>
    findPrograms(LIVE_PROGRAMS, { root: ROOT, note: say }),
  );
  const { resources } = await recorded({ preset: "default" });
  const began = phases.elapsed;
  const named = clusters();
  const live = await bringUp(state, {
    preset: "default",
    root: ROOT,
    programs,
    variables: variablesIn(resources as Parameters<typeof variablesIn>[0]),
    phases,
    ...(named && { clusters: named }),
  });
  const arrivals = await phases.run("all Ready", () => settle(live, live.commit, { kyverno: programs.kyverno }));
  for (const { name, seconds, memory } of phases.done) {
    measured("bring-up", name, seconds, "s");
    measured("bring-up", `${name}: memory of all processes at its end`, memory ?? Number.NaN, "MiB");
  }
  measured("bring-up", "from nothing to all Ready, with programs built", phases.elapsed - began, "s");
  measured("bring-up", "Kustomizations Ready", arrivals.length, "");
}
