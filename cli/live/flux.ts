import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesObject } from "../../base/object";
import { FLUX_NAMESPACE, FLUX_ROOT, FLUX_SOURCE, fluxRootPath } from "../../clusters/fleet";
import type { LiveObject } from "./client";
import type { GitHost } from "./git";
import { APPLIER, fluxAccounts } from "./given";
import type { Plane } from "./plane";
import { startProcess } from "./processes";
import type { StateFolder } from "./state";
import { temporaryFolder } from "./temporary";

/** Paths of Flux's controllers. */
export interface FluxPrograms {
  readonly "source-controller": string;
  readonly "kustomize-controller": string;
  readonly "helm-controller": string;
}

/** Flags of the multi-tenancy that the AKS extension turns on. Source: learn.microsoft.com/azure/azure-arc/kubernetes/conceptual-gitops-flux2. */
const LOCKDOWN = ["--no-cross-namespace-refs=true", `--default-service-account=${APPLIER}`];

/** Names of Flux's processes on a cluster. */
export function fluxProcesses(cluster: string): readonly string[] {
  return ["source", "kustomize", "helm"].map((part) => `${cluster}-${part}-controller`);
}

/** Starts Flux's controllers on a plane, with the rights and the restrictions that the AKS extension gives them. */
export async function startFlux(state: StateFolder, plane: Plane, programs: FluxPrograms): Promise<void> {
  for (const object of fluxAccounts()) await plane.client.apply(object);
  const temporary = temporaryFolder(state, plane.name);
  const artifacts = join(plane.folder, "artifacts");
  mkdirSync(artifacts, { recursive: true });
  const { ports } = plane;
  const env = { KUBECONFIG: plane.kubeconfig, RUNTIME_NAMESPACE: FLUX_NAMESPACE, TMPDIR: temporary };
  const served = `127.0.0.1:${ports.artifacts}`;
  const common = ["--metrics-addr=0", "--log-level=info", "--log-encoding=json", "--watch-all-namespaces=true"];
  startProcess(state, {
    name: `${plane.name}-source-controller`,
    program: programs["source-controller"],
    cwd: plane.folder,
    env,
    args: [
      ...common,
      `--health-addr=127.0.0.1:${ports.sourceHealth}`,
      `--storage-path=${artifacts}`,
      `--storage-addr=${served}`,
      `--storage-adv-addr=${served}`,
      "--requeue-dependency=1s",
      "--interval-jitter-percentage=0",
    ],
  });
  startProcess(state, {
    name: `${plane.name}-kustomize-controller`,
    program: programs["kustomize-controller"],
    cwd: plane.folder,
    env,
    args: [
      ...common,
      ...LOCKDOWN,
      `--health-addr=127.0.0.1:${ports.kustomizeHealth}`,
      // The extension waits 30 s between two looks at what a Kustomization depends on; a person who watches would rather not. More often costs
      // the server more than it gains.
      "--requeue-dependency=300ms",
      "--no-remote-bases=true",
    ],
  });
  startProcess(state, {
    name: `${plane.name}-helm-controller`,
    program: programs["helm-controller"],
    cwd: plane.folder,
    env,
    args: [...common, ...LOCKDOWN, `--health-addr=127.0.0.1:${ports.helmHealth}`, "--requeue-dependency=1s"],
  });
}

/** What `fluxConfiguration` creates in the cluster: the source and the root, the only one that gets values from the infra program. */
export async function startRoot(
  plane: Plane,
  git: GitHost,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  await plane.client.apply({
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: FLUX_SOURCE, namespace: FLUX_NAMESPACE },
    spec: { url: git.url, ref: { branch: git.branch }, interval: "60s", timeout: "180s" },
  } as KubernetesObject);
  await plane.client.apply({
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name: `${FLUX_SOURCE}-${FLUX_ROOT}`, namespace: FLUX_NAMESPACE },
    spec: {
      sourceRef: { kind: "GitRepository", name: FLUX_SOURCE },
      path: fluxRootPath(plane.name),
      prune: true,
      wait: false,
      force: false,
      interval: "600s",
      retryInterval: "60s",
      timeout: "600s",
      postBuild: { substitute: { ...variables } },
    },
  } as KubernetesObject);
}

/** Tells Flux to look at the repository now, as a webhook would. */
export async function poke(plane: Plane): Promise<void> {
  await reconcileNow(plane, "source.toolkit.fluxcd.io/v1", "GitRepository", FLUX_SOURCE);
}

/** Asks for one reconciliation, as `flux reconcile` does. */
export async function reconcileNow(plane: Plane, apiVersion: string, kind: string, name: string): Promise<void> {
  await plane.client.merge(
    { apiVersion, kind, metadata: { name, namespace: FLUX_NAMESPACE } },
    { metadata: { annotations: { "reconcile.fluxcd.io/requestedAt": new Date().toISOString() } } },
  );
}

/** State of one Kustomization. */
export interface Delivered {
  readonly cluster: string;
  /** The component, or `root`. */
  readonly component: string;
  readonly ready: boolean;
  /** Commit that was applied last. */
  readonly revision?: string;
  /** Commit that was tried last. */
  readonly attempted?: string;
  /** What Flux says about it. */
  readonly message: string;
  /** Objects in its inventory. */
  readonly objects: readonly string[];
  /** When the current state of readiness began. */
  readonly since?: string;
}

/** State of all Kustomizations of a plane, sorted by name; the root first. */
export async function delivered(plane: Plane): Promise<readonly Delivered[]> {
  const all = await plane.client.list("kustomize.toolkit.fluxcd.io/v1", "Kustomization", FLUX_NAMESPACE);
  return all
    .map((object) => deliveredOf(plane.name, object))
    .sort((a, b) => order(a.component).localeCompare(order(b.component)));
}

/** State of one component's Kustomization, or of the root's; undefined where there is none. Takes a server a twentieth of the work of all. */
export async function deliveredOne(plane: Plane, component: string): Promise<Delivered | undefined> {
  const name = component === FLUX_ROOT ? `${FLUX_SOURCE}-${FLUX_ROOT}` : component;
  const found = await plane.client.get("kustomize.toolkit.fluxcd.io/v1", "Kustomization", name, FLUX_NAMESPACE);
  return found && deliveredOf(plane.name, found);
}

function order(component: string): string {
  return component === FLUX_ROOT ? "" : component;
}

function deliveredOf(cluster: string, { metadata, status = {} }: LiveObject): Delivered {
  const {
    conditions = [],
    lastAppliedRevision,
    lastAttemptedRevision,
    inventory,
    observedGeneration,
  } = status as {
    conditions?: { type: string; status: string; message: string; lastTransitionTime: string }[];
    lastAppliedRevision?: string;
    lastAttemptedRevision?: string;
    inventory?: { entries?: { id: string; v: string }[] };
    observedGeneration?: number;
  };
  const ready = conditions.find(({ type }) => type === "Ready");
  const revision = commitOf(lastAppliedRevision);
  const attempted = commitOf(lastAttemptedRevision);
  return {
    cluster,
    component: metadata.name.startsWith(`${FLUX_SOURCE}-`) ? FLUX_ROOT : metadata.name,
    ready: ready?.status === "True" && observedGeneration === metadata.generation,
    ...(revision && { revision }),
    ...(attempted && { attempted }),
    message: ready?.message ?? "not looked at yet",
    objects: (inventory?.entries ?? []).map(({ id, v }) => `${id}_${v}`).sort(),
    ...(ready && { since: ready.lastTransitionTime }),
  };
}

/** The commit of a Flux revision: `main@sha1:abc` is `abc`. */
function commitOf(revision: string | undefined): string | undefined {
  return revision?.split(":").pop();
}
