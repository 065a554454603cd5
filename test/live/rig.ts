import { setTimeout as sleep } from "node:timers/promises";
import { type DeliverOptions, delivery } from "../../cli/live/deliver";
import { poke } from "../../cli/live/flux";
import { pushFiles, pushRevert } from "../../cli/live/git";
import type { Plane } from "../../cli/live/plane";
import { componentsIn, type Live, openLive } from "../../cli/live/up";
import { until } from "../../cli/live/wait";
import { place } from "./place";

/** The rig that the setup brought up. */
export function rig(): Live {
  return openLive(place());
}

/** A cluster's plane. */
export function planeOf(live: Live, cluster: string): Plane {
  const plane = live.planes.find(({ name }) => name === cluster);
  if (!plane) throw new Error(`${cluster} is not up; LIVE_CLUSTERS leaves it out`);
  return plane;
}

/** Changes files of the repository, tells Flux at once as a webhook would, and returns the commit. */
export async function change(live: Live, files: Readonly<Record<string, string | undefined>>, message: string) {
  const commit = await pushFiles(live.git, files, message);
  await Promise.all(live.planes.map(poke));
  return commit;
}

/** Reverts a commit, tells Flux at once, and returns the new commit. */
export async function revert(live: Live, commit: string): Promise<string> {
  const made = await pushRevert(live.git, commit);
  await Promise.all(live.planes.map(poke));
  return made;
}

/** Waits until everything is Ready at a commit, on these planes. */
export function arrived(live: Live, commit: string, planes = live.planes, options: DeliverOptions = {}) {
  return delivery({ planes, components: (cluster) => componentsIn(live, cluster), commit }, options);
}

/** Looks a few times whether something stays as it is, for claims that nothing happens. */
export async function staysSo(look: () => Promise<boolean>, { times = 10, every = 200 } = {}): Promise<boolean> {
  for (let count = 0; count < times; count += 1) {
    if (!(await look())) return false;
    await sleep(every);
  }
  return true;
}

/** Waits until autoscalers have given every Deployment its pods: they begin some seconds after Flux is done. */
export async function steady(live: Live): Promise<void> {
  await Promise.all(
    live.planes.map((plane) => until(`steady Deployments on ${plane.name}`, () => isSteady(plane), { interval: 500 })),
  );
}

async function isSteady({ client }: Plane): Promise<boolean> {
  const autoscalers = await client.list("autoscaling/v2", "HorizontalPodAutoscaler");
  const states = await Promise.all(
    autoscalers.map(async ({ metadata, spec }) => {
      const { minReplicas = 1, scaleTargetRef } = spec as { minReplicas?: number; scaleTargetRef: { name: string } };
      const target = await client.get("apps/v1", "Deployment", scaleTargetRef.name, metadata.namespace);
      // The managed gateway's own Deployment is AKS's and not here.
      if (!target) return true;
      const wanted = Number(target.spec?.["replicas"]);
      const { availableReplicas, observedGeneration } = target.status as Readonly<Record<string, number | undefined>>;
      return wanted >= minReplicas && availableReplicas === wanted && observedGeneration === target.metadata.generation;
    }),
  );
  return states.every(Boolean);
}
