import { setTimeout as sleep } from "node:timers/promises";
import { ApiError } from "../../../cli/live/client";
import type { Plane } from "../../../cli/live/plane";
import { until } from "../../../cli/live/wait";
import { type Machine, POWERED_OFF, type Pod, pods } from "./application";

/** Seconds between Azure's word that it takes a Spot machine back and the end of the machine. */
export const NOTICE = 30;

/** What became of the pods of machines that Azure took back. */
export interface Eviction {
  /** Seconds from the eviction of a pod until it had ended by itself, for each that did. */
  readonly ended: readonly number[];
  /** Pods that were still there when the machine went. */
  readonly cut: readonly Pod[];
  /** How often the budget has put an eviction off. */
  readonly refused: number;
}

/** Takes the machines away without a word, and waits until their nodes are gone. */
export async function powerOff(plane: Plane, lost: readonly Machine[]): Promise<void> {
  const { client } = plane;
  const nodes = lost.map(({ name }) => ({ apiVersion: "v1", kind: "Node", metadata: { name } }));
  await Promise.all(nodes.map((node) => client.merge(node, { metadata: { annotations: { [POWERED_OFF]: "now" } } })));
  // What the node controller writes after 50 s without a heartbeat, and then Azure's cloud controller, which finds no machine and deletes
  // the node. Karpenter, the garbage collector of pods and the rest are the real ones.
  const now = new Date().toISOString();
  const unknown = { type: "Ready", status: "Unknown", reason: "NodeStatusUnknown", message: "The machine is gone." };
  const condition = { ...unknown, lastHeartbeatTime: now, lastTransitionTime: now };
  await Promise.all(nodes.map((node) => client.merge(node, { status: { conditions: [condition] } }, "status")));
  await Promise.all(nodes.map((node) => client.remove(node)));
  await until("the end of lost nodes", async () => {
    const left = await client.list("v1", "Node", undefined, "karpenter.sh/nodepool");
    return !left.some(({ metadata }) => lost.some(({ name }) => name === metadata.name));
  });
}

/** Takes Spot machines back as Azure does: says so, drains them for as long as that leaves, and ends them whatever is left on them. */
export async function evict(plane: Plane, taken: readonly Machine[]): Promise<Eviction> {
  const end = performance.now() + NOTICE * 1000;
  const names = new Set(taken.map(({ name }) => name));
  await Promise.all(taken.map((machine) => cordon(plane, machine)));
  const asked = new Map<string, number>();
  const ended: number[] = [];
  let refused = 0;
  let here: readonly Pod[] = [];
  while (performance.now() < end) {
    here = (await pods(plane)).filter(({ node }) => node !== undefined && names.has(node));
    for (const [uid, at] of asked) {
      if (here.some((pod) => pod.uid === uid)) continue;
      ended.push((performance.now() - at) / 1000);
      asked.delete(uid);
    }
    for (const pod of here.filter(({ uid, leaving }) => !leaving && !asked.has(uid))) {
      if (await askToLeave(plane, pod)) asked.set(pod.uid, performance.now());
      else refused += 1;
    }
    await sleep(Math.max(0, Math.min(500, end - performance.now())));
  }
  here = (await pods(plane)).filter(({ node }) => node !== undefined && names.has(node));
  await powerOff(plane, taken);
  return { ended, cut: here, refused };
}

async function cordon({ client }: Plane, { name }: Machine): Promise<void> {
  await client.merge({ apiVersion: "v1", kind: "Node", metadata: { name } }, { spec: { unschedulable: true } });
}

/** Asks by the Eviction API; false when the budget is against it for now. */
async function askToLeave({ client }: Plane, pod: Pod): Promise<boolean> {
  const metadata = { name: pod.name, namespace: "ledger" };
  try {
    await client.send({
      method: "POST",
      path: `/api/v1/namespaces/${metadata.namespace}/pods/${pod.name}/eviction`,
      body: { apiVersion: "policy/v1", kind: "Eviction", metadata },
    });
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 429) return false;
    if (error instanceof ApiError && error.status === 404) return true;
    throw error;
  }
}
