import { setTimeout as sleep } from "node:timers/promises";
import { type DeliverOptions, delivery } from "../../cli/live/deliver";
import { poke } from "../../cli/live/flux";
import { pushFiles, pushRevert } from "../../cli/live/git";
import type { Plane } from "../../cli/live/plane";
import { componentsIn, type Live, openLive } from "../../cli/live/up";
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
