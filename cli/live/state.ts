import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { removeTemporary } from "./temporary";

/** Everything a rig keeps lies in one folder, so that removing it leaves no trace. */
export interface StateFolder {
  readonly path: string;
  /** The folder of one control plane and what runs on it. */
  plane(name: string): string;
  /** The log of a process. */
  log(process: string): string;
}

/** Where `make live` keeps its rig, relative to the repository. */
export const STATE = ".cache/live";

/** The folder of `make live`'s rig: `LIVE_STATE` names another place than the usual one. */
export function liveState(env: NodeJS.ProcessEnv = process.env): StateFolder {
  return stateFolder(resolve(env["LIVE_STATE"] || STATE));
}

/** Marks the folder as a rig's, so that nothing else is ever removed. */
const MARK = "rig.json";

/** Describes the folder; nothing is made yet. */
export function stateFolder(path: string): StateFolder {
  return {
    path,
    plane: (name) => join(path, "planes", name),
    log: (process) => join(path, "log", `${process}.log`),
  };
}

/** Makes an empty state folder. Throws when there is something at its place. */
export function createState(state: StateFolder): void {
  if (hasState(state)) throw new Error(`${state.path} exists. Fix: run \`make live-down\` first`);
  requirePlace(state);
  try {
    mkdirSync(join(state.path, "log"), { recursive: true });
    writeFileSync(join(state.path, MARK), `${JSON.stringify({ startedBy: process.pid })}\n`);
  } catch (error) {
    // Half a rig, on a full disk, would be nobody's.
    rmSync(state.path, { recursive: true, force: true });
    throw error;
  }
}

/** Throws when something lies at a rig's place that is none. */
export function requirePlace(state: StateFolder): void {
  if (entriesOf(state.path).length > 0 && !hasState(state)) throw new Error(notOurs(state));
}

/** Whether a rig was started here and not taken down. */
export function hasState(state: StateFolder): boolean {
  return existsSync(join(state.path, MARK));
}

/** Removes the folder. Throws when it is not a rig's. */
export function removeState(state: StateFolder): void {
  requirePlace(state);
  removeTemporary(state);
  const remove = (path: string) => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  // The mark goes last: a removal that is interrupted can be run again.
  for (const entry of entriesOf(state.path)) if (entry !== MARK) remove(join(state.path, entry));
  remove(state.path);
}

function entriesOf(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function notOurs({ path }: StateFolder): string {
  return `${path} holds something else than a rig, so it is left alone. Fix: look what it is, and move it away`;
}

/** Keeps a value as JSON, complete or not at all. */
export function save(file: string, value: unknown): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
}

/** Reads what {@link save} kept. */
export function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8")) as T;
}
