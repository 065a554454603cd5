import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { clusterOf, type Fleet } from "../../clusters/fleet";
import { loadPreset } from "../../main";
import { whileAlive } from "./alive";
import { borrowPlane, type Suitable } from "./borrow";
import { type ChartRegistry, openRegistry, startRegistry } from "./charts";
import { type Crd, installCrds, policyCrds, providedCrds } from "./crds";
import { LeftBehind, takeDown } from "./down";
import { poke, startFlux, startRoot } from "./flux";
import { type GitHost, openGit, pushTree, startGit } from "./git";
import { givenObjects } from "./given";
import { saveKubeconfig } from "./identities";
import { fingerprint, keep, keptOf } from "./kept";
import { runsKyverno } from "./kyverno";
import { type ModuleName, moduleFolders } from "./modules";
import { startKwok } from "./nodes";
import type { Phases } from "./phases";
import { openPlane, type Plane, startPlane } from "./plane";
import type { ProgramName } from "./programs";
import { renderTo, withMirror } from "./render";
import { createState, hasState, type StateFolder } from "./state";
import { inParallel, together } from "./together";
import type { Variables } from "./variables";
import { orAborted } from "./wait";

export { takeDown } from "./down";

/** Every program that a rig runs beside a control plane, but for Kyverno. */
export const BESIDE_PROGRAMS = [
  "source-controller",
  "kustomize-controller",
  "helm-controller",
  "helm",
  "crane",
  "kwok",
] as const satisfies readonly ProgramName[];

/** Every program that a rig of its own runs, in the order in which they are wanted. */
export const LIVE_PROGRAMS = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  ...BESIDE_PROGRAMS,
  "kyverno",
] as const satisfies readonly ProgramName[];

/** Paths of all programs. */
export type LivePrograms = Readonly<Record<(typeof LIVE_PROGRAMS)[number], string>>;

/** Paths of the programs that run beside existing clusters; Kyverno's only where one reaches it. */
export type BesidePrograms = Readonly<Record<(typeof BESIDE_PROGRAMS)[number], string>> & { readonly kyverno?: string };

/** Whose control planes there are: the rig's own, or existing clusters. */
type Servers =
  | { readonly programs: LivePrograms; readonly existing?: undefined }
  | { readonly programs: BesidePrograms; readonly existing: readonly Suitable[] };

/** What a rig is brought up with. */
export type LiveInputs = CommonInputs & Servers;

interface CommonInputs {
  /** Preset of the fleet. */
  readonly preset: string;
  /** Clusters to bring up. @default all of the fleet's */
  readonly clusters?: readonly string[];
  /** The repository. */
  readonly root: string;
  /** What the infra program hands to each cluster. */
  readonly variables: Variables;
  readonly phases: Phases;
  /** Called when all is there and pushed, before Flux learns of the repository: for watches that must miss nothing. */
  readonly beforeRoot?: (live: Live) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** A rig that is up. */
export interface Live {
  readonly state: StateFolder;
  /** The fleet as it is rendered here: its charts come from the registry of the rig. */
  readonly fleet: Fleet;
  readonly planes: readonly Plane[];
  readonly git: GitHost;
  readonly registry: ChartRegistry;
}

/** Brings up a control plane for each cluster with Flux on it, and pushes the fleet. What fails leaves nothing behind. */
export async function bringUp(state: StateFolder, inputs: LiveInputs): Promise<Live & { readonly commit: string }> {
  createState(state);
  const { signal } = inputs;
  try {
    return await whileAlive(state, (alive) => start(state, { ...inputs, signal: alive }), {
      ...(signal && { signal }),
    });
  } catch (error) {
    const cause = signal?.aborted ? signal.reason : error;
    await takeDown(state).catch((left: Error) => {
      throw new LeftBehind(
        `${reasonOf(cause)}\nAnd what was started is still there: ${left.message}${left instanceof LeftBehind ? "" : ". Fix: make live-down"}`,
      );
    });
    throw cause;
  }
}

/** A rig that was brought up before, by whomever. */
export function openLive(state: StateFolder): Live {
  if (!hasState(state)) throw new Error("Nothing is up. Fix: run `make live` first");
  const { preset, clusters } = keptOf(state);
  const registry = openRegistry(state);
  const fleet = withMirror(loadPreset(preset), registry);
  const planes = clusters.map((name) => openPlane(state, name));
  return { state, fleet, planes, git: openGit(state), registry };
}

/** Renders the fleet anew and pushes it, if it differs; Flux is told at once. Returns the commit. */
export async function pushFleet({ state, fleet, git, planes }: Live, message: string, signal?: AbortSignal) {
  const rendered = await renderTo(state, fleet, signal);
  const commit = await pushTree(git, rendered, message);
  rmSync(rendered, { recursive: true, force: true });
  for (const plane of planes) {
    const source = await plane.client.get("source.toolkit.fluxcd.io/v1", "GitRepository", "fleet", "flux-system");
    if (source) await poke(plane);
  }
  return commit;
}

/** Names of the components that the repository has for a cluster. */
export function componentsIn({ git }: Pick<Live, "git">, cluster: string): readonly string[] {
  const folder = join(git.clone, "dist", cluster);
  return (
    readdirSync(folder)
      // Git has no empty folders; a component whose files are gone is gone.
      .filter((name) => name !== "flux-system" && readdirSync(join(folder, name)).length > 0)
      .sort()
  );
}

async function start(state: StateFolder, inputs: LiveInputs): Promise<Live & { readonly commit: string }> {
  const { preset, root, programs, phases, signal } = inputs;
  const described = loadPreset(preset);
  const folders = await phases.run("modules with CRDs and charts", () => orAborted(moduleFolders(), signal));
  const crds = { all: providedCrds(folders), guarded: policyCrds(folders) };
  const clusters = inputs.clusters ?? described.clusters.map(({ name }) => name);
  const cluster = (name: string) => (each: AbortSignal) =>
    phases.run(`${name}: ${inputs.existing ? "" : "API server, "}CRDs, nodes`, () =>
      clusterWith(state, { ...inputs, signal: each }, described, name, crds, folders),
    );
  const [registry, git, planes] = await together<[ChartRegistry, GitHost, readonly Plane[]]>(
    [
      (each) => phases.run("chart registry", () => startRegistry(state, programs, folders, root, each)),
      (each) => phases.run("Git server", () => startGit(state, root, each)),
      (each) => together(clusters.map(cluster), each),
    ],
    signal,
  );
  saveKubeconfig(state, planes);
  const isExisting = inputs.existing !== undefined;
  const { kyverno } = programs;
  keep(state, { preset, clusters, isExisting, made: fingerprint(described), ...(kyverno && { kyverno }) });
  const live: Live = { state, fleet: withMirror(described, registry), planes, git, registry };
  const commit = await phases.run("render and push", () => pushFleet(live, "The fleet as it is", signal));
  await inputs.beforeRoot?.(live);
  await phases.run("Flux", () =>
    inParallel(planes, planes.length, (plane) => startRoot(plane, git, inputs.variables[plane.name] ?? {})),
  );
  return { ...live, commit };
}

async function clusterWith(
  state: StateFolder,
  inputs: LiveInputs,
  fleet: Fleet,
  name: string,
  crds: { readonly all: readonly Crd[]; readonly guarded: readonly Crd[] },
  folders: Readonly<Record<ModuleName, string>>,
): Promise<Plane> {
  const { programs, signal } = inputs;
  const plane = await planeOf(state, inputs, fleet, name);
  await installCrds(plane.client, [...crds.all, ...(runsKyverno(fleet, name) ? crds.guarded : [])], signal);
  for (const object of givenObjects(fleet, clusterOf(fleet, name))) await plane.client.apply(object);
  startKwok(state, plane, programs.kwok, folders["sigs.k8s.io/kwok"]);
  await startFlux(state, plane, programs);
  return plane;
}

function planeOf(state: StateFolder, inputs: LiveInputs, fleet: Fleet, name: string): Promise<Plane> {
  const { signal } = inputs;
  if (!inputs.existing) return startPlane(state, name, inputs.programs, signal ? { signal } : {});
  const found = inputs.existing.find(({ existing }) => existing.cluster === name);
  if (!found) throw new Error(`no existing cluster was chosen for ${name}`);
  return borrowPlane(state, found, fleet, signal);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
