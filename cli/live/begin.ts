import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Fleet } from "../../clusters/fleet";
import { loadPreset } from "../../main";
import { whileAlive } from "./alive";
import { requireSuitable, standInsOn } from "./borrow";
import { type Existing, existingFor, reachesLoopback } from "./existing";
import { startRoot } from "./flux";
import { headOf } from "./git";
import { fingerprint, isKept, type Kept, keptOf } from "./kept";
import { requireNeeds } from "./needs";
import type { LiveOptions } from "./options";
import type { Phases } from "./phases";
import { runningProcesses } from "./processes";
import { findPrograms, type ProgramName } from "./programs";
import { revive } from "./revive";
import { hasState, requirePlace, type StateFolder } from "./state";
import { BESIDE_PROGRAMS, bringUp, LIVE_PROGRAMS, type Live, openLive, pushFleet, takeDown } from "./up";
import { currentVariables, keepVariables } from "./variables";

/** A rig to which the fleet as it now is was pushed. */
export interface Begun {
  readonly live: Live;
  readonly commit: string;
  /** Path of Kyverno's admission controller. */
  readonly kyverno?: string;
  /** Whether nothing was up before. */
  readonly isNew: boolean;
}

/** With what it is begun. */
export interface BeginContext {
  /** The repository. */
  readonly root: string;
  readonly phases: Phases;
  /** Takes what a person should know. */
  readonly note: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Brings a rig up, or pushes what has changed since to the one that is up. */
export async function begin(state: StateFolder, options: LiveOptions, context: BeginContext): Promise<Begun> {
  if (isKept(state)) return again(state, options, context);
  const existing = options.existing && existingFor(askedFor(options));
  await requireNeeds(state, context);
  await clearUp(state, context);
  requirePlace(state);
  return anew(state, options, context, existing);
}

async function anew(
  state: StateFolder,
  options: LiveOptions,
  context: BeginContext,
  existing?: readonly Existing[],
): Promise<Begun> {
  const { root, phases, signal } = context;
  const { fleet: preset, clusters } = options;
  const servers = existing ? await onExisting(existing, loadPreset(preset), context) : await onOwn(context);
  const given = await phases.run("variables from the infra program", () =>
    currentVariables(state, root, preset, signal),
  );
  const common = { preset, root, variables: given.variables, phases, signal, ...(clusters && { clusters }) };
  const { commit, ...live } = await bringUp(state, { ...common, ...servers });
  keepVariables(state, given);
  const { kyverno } = servers.programs;
  return { live, commit, isNew: true, ...(kyverno && { kyverno }) };
}

async function onOwn(context: BeginContext) {
  return { programs: await programsNamed(LIVE_PROGRAMS, context) };
}

/** Control planes are there, so their programs are neither looked for nor built; nor is Kyverno where no API server would reach it. */
async function onExisting(clusters: readonly Existing[], fleet: Fleet, context: BeginContext) {
  const existing = await requireSuitable(clusters, fleet);
  for (const each of existing) standInsOn(each, fleet).forEach(context.note);
  const names = clusters.some(reachesLoopback) ? ([...BESIDE_PROGRAMS, "kyverno"] as const) : BESIDE_PROGRAMS;
  return { existing, programs: await programsNamed<(typeof names)[number]>(names, context) };
}

function programsNamed<Name extends ProgramName>(names: readonly Name[], context: BeginContext) {
  return context.phases.run("programs, found or built", () => findPrograms(names, context));
}

function askedFor({ fleet, clusters }: LiveOptions): readonly string[] {
  return clusters ?? loadPreset(fleet).clusters.map(({ name }) => name);
}

/** A second run is a push of what has changed since. */
async function again(state: StateFolder, options: LiveOptions, context: BeginContext): Promise<Begun> {
  const { root, phases, note, signal } = context;
  const kept = keptOf(state);
  refuse(kept, options);
  note(`Already up${kept.isExisting ? " on clusters that exist" : ""}: pushing what has changed.`);
  const live = openLive(state);
  differences(kept, live).forEach(note);
  await requireAnswers(live);
  const started = await revive(live, signal);
  if (started.length > 0) note(`Had ended, and were started again: ${started.join(", ")}`);
  const before = await headOf(live.git);
  const commit = await whileAlive(
    state,
    async (alive) => {
      const given = await phases.run("variables from the infra program", () =>
        currentVariables(state, root, kept.preset, alive),
      );
      // What was killed while it committed has left its lock; nobody else is at work here.
      rmSync(join(live.git.clone, ".git", "index.lock"), { force: true });
      const pushed = await phases.run("render and push", () => pushFleet(live, "The fleet as it is now", alive));
      for (const plane of live.planes) await startRoot(plane, live.git, given.variables[plane.name] ?? {});
      keepVariables(state, given);
      return pushed;
    },
    { signal },
  );
  note(commit === before ? `Nothing has changed since ${commit.slice(0, 7)}.` : `Pushed ${commit.slice(0, 7)}.`);
  return { live, commit, isNew: false, ...(kept.kyverno && { kyverno: kept.kyverno }) };
}

/** What the rig runs can be started again; a cluster that is somebody's cannot. */
async function requireAnswers({ planes }: Pick<Live, "planes">): Promise<void> {
  for (const { client, existing } of planes) {
    if (!existing || (await client.isReady())) continue;
    throw new Error(`The cluster of ${existing.context} does not answer. Fix: start it, or run \`make live-down\``);
  }
}

/** Throws where what is asked for is not what is up. */
export function refuse({ preset, clusters, isExisting }: Kept, options: LiveOptions): void {
  const isOther = options.clusters && [...options.clusters].sort().join() !== [...clusters].sort().join();
  const where = options.existing && !isExisting ? " on API servers of its own" : "";
  if (preset === options.fleet && !isOther && !where) return;
  throw new Error(
    `The fleet "${preset}" is up${where} (${clusters.join(", ")}), and one can be at a time. Fix: run \`make live-down\` first`,
  );
}

/** What a push does not change, a line each. Throws where it cannot be pushed at all. */
export function differences({ clusters, made }: Kept, { fleet }: Pick<Live, "fleet">): readonly string[] {
  const names = fleet.clusters.map(({ name }) => name);
  const gone = clusters.filter((name) => !names.includes(name));
  if (gone.length > 0) {
    throw new Error(
      `${gone.join(", ")} is up, but no longer in the fleet. Fix: run \`make live-down\`, then \`make live\``,
    );
  }
  return made !== undefined && made !== fingerprint(fleet)
    ? [
        "Versions, nodes or clusters have changed, which a push does not bring: `make live-down`, then `make live` does.",
      ]
    : [];
}

/** Removes what a run has left that was killed. */
async function clearUp(state: StateFolder, { note }: BeginContext): Promise<void> {
  const left = await runningProcesses(state);
  if (!hasState(state) && left.length === 0) return;
  note(`An earlier run was ended before it was done: clearing up what it left (${left.length} processes).`);
  await takeDown(state, { note });
}
