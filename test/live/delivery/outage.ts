import { planeProcesses, reopenPlane } from "../../../cli/live/plane";
import { killProcess, restartProcess, runningProcesses } from "../../../cli/live/processes";
import type { Live } from "../../../cli/live/up";
import { planeOf } from "../rig";

/** Processes that were killed, and how to have them back. */
export interface Outage {
  readonly names: readonly string[];
  readonly end: () => Promise<void>;
}

/** Kills processes at once, as a crash would. Throws when there are none of that name. */
export async function outage(live: Live, which: (name: string) => boolean): Promise<Outage> {
  const names = (await runningProcesses(live.state)).map(({ name }) => name).filter(which);
  if (names.length === 0) throw new Error("nothing runs that could be killed");
  await Promise.all(names.map((name) => killProcess(live.state, name)));
  return {
    names,
    end: async () => {
      for (const name of names) restartProcess(live.state, name);
    },
  };
}

/** Kills everything of a cluster: its control plane, its Flux, its nodes. */
export async function clusterOutage(live: Live, cluster: string): Promise<Outage> {
  const { names } = await outage(live, (name) => name.startsWith(`${cluster}-`));
  const own = planeProcesses(cluster);
  return {
    names,
    end: async () => {
      await reopenPlane(live.state, planeOf(live, cluster));
      for (const name of names.filter((each) => !own.includes(each))) restartProcess(live.state, name);
    },
  };
}
