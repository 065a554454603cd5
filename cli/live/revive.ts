import { endedProcesses } from "./alive";
import { kyvernoProcess } from "./kyverno";
import { killProcess, restartProcess, runningProcesses } from "./processes";
import type { StateFolder } from "./state";
import type { Live } from "./up";
import { until } from "./wait";

/** What has to run before the others, in this order. */
const ORDER = [/^git-server$|^registry$|-etcd$/, /-apiserver$/, /./];

/** Starts every process again that has ended, servers first. Returns their names. */
export async function revive({ state, planes }: Live, signal?: AbortSignal): Promise<readonly string[]> {
  const ended = [...(await endedProcesses(state))];
  ended.push(...(await followers(state, ended)));
  const left = new Set(ended);
  for (const stage of ORDER) {
    const names = [...left].filter((name) => stage.test(name));
    for (const name of names) {
      restartProcess(state, name);
      left.delete(name);
    }
    if (names.length === 0) continue;
    for (const { name, client } of planes.filter(({ name }) => names.includes(`${name}-apiserver`))) {
      await until(`the API server of ${name}`, () => client.isReady(), signal ? { signal } : {});
    }
  }
  return [...ended].sort();
}

/** Kyverno ends when its API server does, a while later; it is ended at once, so that it starts again with it. */
async function followers(state: StateFolder, ended: readonly string[]): Promise<readonly string[]> {
  const clusters = ended.flatMap((name) => /^(.+)-(?:etcd|apiserver)$/.exec(name)?.[1] ?? []);
  const doomed = new Set(clusters.map(kyvernoProcess));
  const names = (await runningProcesses(state)).map(({ name }) => name).filter((name) => doomed.has(name));
  for (const name of names) await killProcess(state, name);
  return names;
}
