import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endProcesses, type ProcessSpec } from "../../../cli/live/processes";
import { createState, type StateFolder, stateFolder } from "../../../cli/live/state";

/** Makes an empty rig in a folder of its own, works with it, ends what it started, and removes it. */
export async function withRig<T>(work: (state: StateFolder) => T | Promise<T>): Promise<T> {
  return withPlace(async (state) => {
    createState(state);
    return work(state);
  });
}

/** The same without the rig: only the place where one could be. */
export async function withPlace<T>(work: (state: StateFolder) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "fleet live-"));
  const state = stateFolder(join(folder, "rig"));
  try {
    return await work(state);
  } finally {
    await endProcesses(state, () => true, { patience: 0 });
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A process of Node that runs a script. */
export function scripted(state: StateFolder, name: string, script = "setInterval(() => {}, 1000)"): ProcessSpec {
  return { name, program: process.execPath, args: ["-e", script], cwd: state.path };
}
