import { runProgram } from "../tools/process";
import { runningProcesses } from "./processes";
import type { StateFolder } from "./state";

/** Memory that the rig's processes hold, in MiB, by the part after the cluster's name; shared pages count for each process. */
export async function memoryOf(state: StateFolder): Promise<Readonly<Record<string, number>>> {
  const running = await runningProcesses(state);
  if (running.length === 0) return {};
  const { stdout } = await runProgram("ps", ["-o", "pid=,rss=", "-p", running.map(({ pid }) => pid).join(",")]);
  const sizes = new Map(
    stdout
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]),
  );
  return Object.fromEntries(running.map(({ pid, name }) => [name, Math.round((sizes.get(pid) ?? 0) / 1024)]));
}

/** MiB that all of them hold. */
export async function memoryOfAll(state: StateFolder): Promise<number> {
  return Object.values(await memoryOf(state)).reduce((sum, size) => sum + size, 0);
}
