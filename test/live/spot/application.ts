import { conditionOf, type LiveObject } from "../../../cli/live/client";
import type { Plane } from "../../../cli/live/plane";
import { until } from "../../../cli/live/wait";

/** The application that the drills look at. */
export const APPLICATION = "ledger";

/** Marks a node whose machine is gone: nothing plays its kubelet any more. */
export const POWERED_OFF = "live.aks-fleet/powered-off";

/** A pod of the application. */
export interface Pod {
  readonly uid: string;
  readonly name: string;
  /** Missing while it is not scheduled. */
  readonly node?: string;
  /** Whether it takes requests: it is ready, is not being ended, and its machine is there. */
  readonly serves: boolean;
  readonly leaving: boolean;
}

/** What the drills want to know of a node. */
export interface Machine {
  readonly name: string;
  readonly zone: string;
  readonly capacity: string;
  readonly sku: string;
  readonly runs: boolean;
}

/** Nodes that Karpenter has made, those whose machine is gone left out. */
export async function machines({ client }: Plane): Promise<readonly Machine[]> {
  return (await client.list("v1", "Node", undefined, "karpenter.sh/nodepool"))
    .map(machineOf)
    .filter(({ runs }) => runs)
    .sort((a, b) => `${a.zone}${a.name}`.localeCompare(`${b.zone}${b.name}`));
}

/** The application's pods, as a client of theirs would find them. */
export async function pods({ client }: Plane): Promise<readonly Pod[]> {
  // Nodes first: a pod on a node that came later is no pod on a lost one.
  const all = await client.list("v1", "Pod", APPLICATION, `app=${APPLICATION}`);
  const nodes = await client.list("v1", "Node");
  const running = new Set(nodes.filter(runs).map(({ metadata }) => metadata.name));
  return all.map((pod) => {
    const { metadata, spec } = pod;
    const node = spec?.["nodeName"] as string | undefined;
    const ready = conditionOf(pod, "Ready")?.status === "True";
    const leaving = metadata.deletionTimestamp !== undefined;
    return {
      uid: metadata.uid ?? "",
      name: metadata.name,
      ...(node && { node }),
      leaving,
      serves: ready && !leaving && node !== undefined && running.has(node),
    };
  });
}

/** How many pods the application's budget wants to serve at least. */
export async function budget({ client }: Plane): Promise<number> {
  const found = await client.get("policy/v1", "PodDisruptionBudget", APPLICATION, APPLICATION);
  const { expectedPods, desiredHealthy } = (found?.status ?? {}) as { expectedPods?: number; desiredHealthy?: number };
  if (!expectedPods || desiredHealthy === undefined) throw new Error(`${APPLICATION} has no budget with pods`);
  return desiredHealthy;
}

/** Sets the number of pods, as KEDA and the autoscaler do, at the same subresource: it is not Flux's. */
export async function scale({ client }: Plane, replicas: number): Promise<void> {
  await client.merge(
    { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: APPLICATION, namespace: APPLICATION } },
    { spec: { replicas } },
    "scale",
  );
}

/** Waits until so many pods serve, and none is left over. Returns them. */
export async function serving(plane: Plane, count: number, timeout = 240_000): Promise<readonly Pod[]> {
  let seen: readonly Pod[] = [];
  return until(
    `${count} pods of ${APPLICATION} that serve`,
    async () => {
      seen = await pods(plane);
      return seen.length === count && seen.every(({ serves }) => serves) ? seen : undefined;
    },
    { timeout, explain: () => JSON.stringify(seen) },
  );
}

/** Pods by zone of their nodes. */
export async function byZone(plane: Plane): Promise<Readonly<Record<string, number>>> {
  const [all, nodes] = await Promise.all([pods(plane), plane.client.list("v1", "Node")]);
  const zones = new Map(nodes.map((node) => [node.metadata.name, machineOf(node).zone]));
  const counts: Record<string, number> = {};
  for (const { node, serves } of all) {
    if (!serves || !node) continue;
    const zone = zones.get(node) ?? "";
    counts[zone] = (counts[zone] ?? 0) + 1;
  }
  return counts;
}

/** The most serving pods that one node has. */
export async function mostOnOneNode(plane: Plane): Promise<number> {
  const counts = new Map<string, number>();
  for (const { node, serves } of await pods(plane)) {
    if (serves && node) counts.set(node, (counts.get(node) ?? 0) + 1);
  }
  return Math.max(...counts.values());
}

function machineOf(node: LiveObject): Machine {
  const { name, labels = {} } = node.metadata;
  return {
    name,
    zone: labels["topology.kubernetes.io/zone"] ?? "",
    capacity: labels["karpenter.sh/capacity-type"] ?? "",
    sku: labels["node.kubernetes.io/instance-type"] ?? "",
    runs: runs(node),
  };
}

function runs({ metadata }: LiveObject): boolean {
  return metadata.annotations?.[POWERED_OFF] === undefined;
}
