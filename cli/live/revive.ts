import { endedProcesses } from "./alive";
import { restartProcess } from "./processes";
import type { Live } from "./up";
import { until } from "./wait";

/** What has to run before the others, in this order. */
const ORDER = [/^git-server$|^registry$|-etcd$/, /-apiserver$/, /./];

/** Starts every process again that has ended, servers first. Returns their names. */
export async function revive({ state, planes }: Live, signal?: AbortSignal): Promise<readonly string[]> {
  const ended = await endedProcesses(state);
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
