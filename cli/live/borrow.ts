import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesObject } from "../../base/object";
import { clusterOf, type Fleet } from "../../clusters/fleet";
import { overlayOf } from "../../clusters/overlays";
import { renderCluster } from "../../main";
import { ApiClient, ApiError, type LiveObject } from "./client";
import { BESIDE_PORTS } from "./control-plane";
import { originOf, portable } from "./credentials";
import { nameOf } from "./discovery";
import { type Existing, reachesLoopback } from "./existing";
import { fluxAccounts, givenObjects } from "./given";
import { runsKyverno } from "./kyverno";
import { type ExistingPlane, existingFile, openPlane, type Plane } from "./plane";
import { freePorts } from "./ports";
import { type StateFolder, save } from "./state";
import { inParallel } from "./together";
import { type Before, recordBefore } from "./traces";

/** What is kept of an existing cluster, from before the first object is put there. */
export interface Borrowed extends ExistingPlane {
  /** Address of its API server. */
  readonly server: string;
  readonly before: Before;
  /** What the rig itself puts there, by kind and name. */
  readonly given: readonly string[];
}

/** An existing cluster that the fleet can be brought up on. */
export interface Suitable {
  readonly existing: Existing;
  /** Its Kubernetes minor, for example `1.35`. */
  readonly minor: string;
  /** Names of nodes of its own that take any pod. */
  readonly nodes: readonly string[];
}

/**
 * Looks whether each cluster answers and has nothing of what the fleet would put there. Throws with everything that is in the way, before anything
 * is changed.
 */
export async function requireSuitable(all: readonly Existing[], fleet: Fleet): Promise<readonly Suitable[]> {
  const looked = await Promise.all(all.map((existing) => look(existing, fleet)));
  const problems = looked.filter((found) => typeof found === "string");
  if (problems.length === 0) return looked.filter((found) => typeof found !== "string");
  throw new Error(`The fleet cannot be brought up on a cluster that exists:\n${problems.join("\n")}`);
}

/** What a person should know about a run on an existing cluster, a sentence each. */
export function standInsOn({ existing, minor, nodes }: Suitable, fleet: Fleet): readonly string[] {
  const { cluster, context } = existing;
  return [
    `${cluster} is the cluster of the context ${context}, with Kubernetes ${minor}${minor === fleet.kubernetes ? "" : `, WHICH IS NOT the fleet's ${fleet.kubernetes}`}`,
    ...(runsKyverno(fleet, cluster) && !reachesLoopback(existing)
      ? [
          `${cluster}: POLICIES ARE STORED, NOT ENFORCED: Kyverno would run beside the cluster, where the API server of ${context} cannot reach it`,
        ]
      : []),
    ...(nodes.length > 0
      ? [
          `${cluster}: PODS OF THE FLEET MAY LAND ON NODES OF ITS OWN (${nodes.join(", ")}), where they run for real and need their images. Fix: \`kubectl cordon\` them before`,
        ]
      : []),
  ];
}

/** Takes an existing cluster for a plane: records what is there, and keeps how it is reached. Nothing is put there yet. */
export async function borrowPlane(
  state: StateFolder,
  suitable: Suitable,
  fleet: Fleet,
  signal?: AbortSignal,
): Promise<Plane> {
  const { existing } = suitable;
  const { cluster, context, credentials } = existing;
  const folder = state.plane(cluster);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  save(join(folder, "kubeconfig"), portable(`live-${cluster}`, credentials));
  const numbers = await freePorts(BESIDE_PORTS.length);
  save(join(folder, "ports.json"), Object.fromEntries(BESIDE_PORTS.map((port, index) => [port, numbers[index]])));
  const client = new ApiClient(credentials);
  const before = await recordBefore(client).finally(() => client.close());
  signal?.throwIfAborted();
  const kept: Borrowed = {
    context,
    server: originOf(credentials.server),
    standIns: standInsOn(suitable, fleet),
    reachesLoopback: reachesLoopback(existing),
    before,
    given: givenTo(fleet, cluster).map(({ kind, metadata }) => nameOf({ type: { kind }, ...metadata })),
  };
  save(existingFile(folder), kept);
  return openPlane(state, cluster);
}

async function look(existing: Existing, fleet: Fleet): Promise<Suitable | string> {
  const { cluster, context, credentials } = existing;
  const client = new ApiClient(credentials);
  const objects = objectsOf(fleet, cluster);
  const at = `  ${cluster}: the cluster of ${context} (${originOf(credentials.server)})`;
  try {
    const { major, minor } = await client.send<{ major: string; minor: string }>({
      method: "GET",
      path: "/version",
      timeout: 10_000,
    });
    const present = await presentOf(client, objects);
    const nodes = (await client.list("v1", "Node")).filter(takesAny).map(({ metadata }) => metadata.name);
    if (present.length === 0) return { existing, nodes, minor: `${major}.${Number.parseInt(minor, 10)}` };
    const some = present.length > 8 ? [...present.slice(0, 8), `and ${present.length - 8} more`] : present;
    return `${at} has what the fleet would put there: ${some.join(", ")}. Fix: take an empty test cluster, or make this one anew`;
  } catch (error) {
    if (error instanceof ApiError)
      return `${at} refuses: ${error.message}. Fix: give the context a user who administers the cluster`;
    return `${at} does not answer: ${reasonOf(error)}. Fix: start it, or look whether its address is right`;
  } finally {
    client.close();
  }
}

/** Whether a node takes pods that tolerate nothing. */
function takesAny({ spec }: LiveObject): boolean {
  const { unschedulable, taints = [] } = (spec ?? {}) as {
    unschedulable?: boolean;
    taints?: readonly { readonly effect: string }[];
  };
  return !unschedulable && !taints.some(({ effect }) => effect !== "PreferNoSchedule");
}

/** What is there of the fleet, or of a Flux. */
async function presentOf(client: ApiClient, objects: readonly KubernetesObject[]): Promise<readonly string[]> {
  const crds = await client.list("apiextensions.k8s.io/v1", "CustomResourceDefinition");
  const flux = crds.filter(({ metadata }) => metadata.name.endsWith(".fluxcd.io"));
  const found: string[] = [];
  await inParallel(objects, 8, async ({ apiVersion, kind, metadata }) => {
    const { name, namespace } = metadata;
    if (await client.get(apiVersion, kind, name, namespace)) found.push(nameOf({ type: { kind }, ...metadata }));
  });
  return [...(flux.length > 0 ? [`Flux (${flux.length} CRDs)`] : []), ...new Set(found.sort())];
}

/** Everything that the fleet puts on a cluster and that has a name by now. */
function objectsOf(fleet: Fleet, cluster: string): readonly KubernetesObject[] {
  const rendered = renderCluster(fleet, cluster, overlayOf(cluster)).components.flatMap(({ objects }) => objects);
  return [...givenTo(fleet, cluster), ...rendered];
}

function givenTo(fleet: Fleet, cluster: string): readonly KubernetesObject[] {
  return [...fluxAccounts(), ...givenObjects(fleet, clusterOf(fleet, cluster))];
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ? `${message} (${code})` : message;
}
