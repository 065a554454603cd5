import { delivered } from "../../../cli/live/flux";
import { forgetKarpenter, startKarpenter, stopKarpenter } from "../../../cli/live/karpenter";
import { moduleFolders } from "../../../cli/live/modules";
import { nodesOf } from "../../../cli/live/nodes";
import type { Plane } from "../../../cli/live/plane";
import { findPrograms } from "../../../cli/live/programs";
import type { Live } from "../../../cli/live/up";
import { until } from "../../../cli/live/wait";
import { clusterOf } from "../../../clusters/fleet";
import { ROOT } from "../place";
import { planeOf } from "../rig";
import { ciliumAgents } from "./agent";
import { APPLICATION, machines, mostOnOneNode, scale, serving } from "./application";
import { setPace } from "./pace";
import { nodePools, type PoolChanges } from "./pools";
import { type Market, skus } from "./skus";

/** Pods of the application in the drills: the most that its autoscaler makes. */
export const REPLICAS = 6;

/** Seconds that a machine takes here until it is a node. In Azure it is one to two minutes. */
export const NODE_START = 10;

/** Seconds that the application's pods take: `stop` is their `preStop` of 5 s and an end of their own. */
export const PACE = { start: 3, stop: 7 } as const;

const CLUSTER = "app2";

/** A cluster whose nodes are Karpenter's. */
export interface Drill {
  readonly plane: Plane;
  /** Changes what can be had in the market. */
  market(now: Market): Promise<void>;
  /** Applies the fleet's NodePools with changes, and removes those that the fleet then does not have. */
  pools(changes: PoolChanges): Promise<void>;
  /** Puts everything back. */
  restore(): Promise<void>;
}

/** Has Karpenter make the nodes on which the application runs, in place of the rig's own Spot nodes. */
export async function startDrill(live: Live): Promise<Drill> {
  const plane = planeOf(live, CLUSTER);
  const { state, fleet } = live;
  const { "karpenter-kwok": program } = await findPrograms(["karpenter-kwok"], { root: ROOT, note: () => {} });
  const moduleFolder = (await moduleFolders())["sigs.k8s.io/karpenter"];
  const given = nodesOf(fleet, clusterOf(fleet, CLUSTER)).filter(({ metadata }) => metadata.name.startsWith("spot-"));
  const undo: (() => Promise<unknown>)[] = [];
  let known: string | undefined;
  const market = async (now: Market) => {
    if (known === JSON.stringify(now)) return;
    known = JSON.stringify(now);
    await stopKarpenter(state, plane);
    await startKarpenter(state, plane, { program, moduleFolder, skus: skus(now), nodeStart: NODE_START });
  };
  const pools = async (changes: PoolChanges) => {
    const wanted = nodePools(fleet, CLUSTER, changes);
    for (const pool of wanted) await plane.client.apply(pool);
    for (const pool of await copies(plane)) {
      if (!wanted.some(({ metadata }) => metadata.name === pool.metadata.name)) await plane.client.remove(pool);
    }
  };
  const restore = async () => {
    const failures: unknown[] = [];
    for (const step of undo.splice(0).reverse()) await step().catch((error) => failures.push(error));
    // What the first left undone is why the others failed.
    if (failures.length > 0) throw failures[0];
  };
  const drill: Drill = { plane, market, pools, restore };
  try {
    undo.push(() => unchanged(plane));
    undo.push(() => forgetKarpenter(state, plane));
    await market({});
    undo.push(ciliumAgents(plane));
    undo.push(() => leave(plane));
    const normal = await setPace(state, plane, PACE);
    undo.push(async () => {
      await normal();
      for (const node of given) await plane.client.apply(node);
      await scale(plane, 2);
    });
    await pools({});
    await Promise.all(given.map((node) => plane.client.merge(node, { spec: { unschedulable: true } })));
    await fresh(drill);
    await Promise.all(given.map((node) => plane.client.remove(node)));
    return drill;
  } catch (error) {
    await restore().catch(() => {});
    throw error;
  }
}

/** New machines in all zones, and the application's pods spread over them. */
export async function fresh({ plane }: Pick<Drill, "plane">): Promise<void> {
  const { client } = plane;
  await scale(plane, 0);
  await serving(plane, 0);
  // The provider makes a node even when its claim is taken back meanwhile, and then nobody looks after it.
  const claims = () => client.list("karpenter.sh/v1", "NodeClaim");
  await until("machines that have started", async () => (await claims()).every(({ status }) => status?.["nodeName"]));
  for (const claim of await claims()) await client.remove(claim);
  await until("the end of all machines", async () => (await machines(plane)).length === 0);
  await scale(plane, REPLICAS);
  await serving(plane, REPLICAS);
  const most = await mostOnOneNode(plane);
  if (most > REPLICAS / 2) throw new Error(`after a cold start one node has ${most} of ${REPLICAS} pods`);
  // A zone that came last may have none: spread over zones is only wished for. Now that all are there, they get it.
  await client.send({ method: "DELETE", path: `/api/v1/namespaces/${APPLICATION}/pods` });
  await serving(plane, REPLICAS);
}

async function copies({ client }: Plane) {
  return (await client.list("karpenter.sh/v1", "NodePool")).filter(({ metadata }) => metadata.name.endsWith("-drill"));
}

/** Removes Karpenter's pools, and with them its machines. What Karpenter does not let go of in time loses its finalizers. */
async function leave(plane: Plane): Promise<void> {
  const { client } = plane;
  for (const pool of await copies(plane)) await client.remove(pool);
  const claims = () => client.list("karpenter.sh/v1", "NodeClaim");
  const gone = async () => (await claims()).length === 0 && (await machines(plane)).length === 0;
  try {
    await until("the end of Karpenter's machines", gone, { timeout: 60_000 });
  } catch {
    const nodes = await client.list("v1", "Node", undefined, "karpenter.sh/nodepool");
    for (const object of [...(await claims()), ...nodes]) {
      await client.merge(object, { metadata: { finalizers: null } });
      await client.remove(object);
    }
    await until("the end of Karpenter's machines without Karpenter", gone);
  }
}

/** Waits until the cluster is as it was. */
async function unchanged(plane: Plane): Promise<void> {
  await serving(plane, 2);
  await until("all Kustomizations", async () => (await delivered(plane)).every(({ ready }) => ready));
}
