import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import type { StateFolder } from "./state";

/** A disk in memory that Linux has. */
const MEMORY = "/dev/shm";

/** Bytes that have to be free there; containers often have 64 MB of it. */
const ENOUGH = 256 * 1024 * 1024;

/**
 * A folder for what a cluster's programs write and throw away at once. Flux unpacks the repository anew for each Kustomization of
 * each commit, and making files was four fifths of kustomize-controller's work on a disk; so it lies in memory where there is room,
 * else in the state folder.
 */
export function temporaryFolder(state: StateFolder, name: string, memory = MEMORY): string {
  const folder = isRoomy(memory) && isOurs(inMemory(state, memory)) ? inMemory(state, memory) : join(state.path, "tmp");
  mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
  return join(folder, name);
}

/** Removes what of a rig lies in memory. */
export function removeTemporary(state: StateFolder, memory = MEMORY): void {
  const folder = inMemory(state, memory);
  if (existsSync(folder) && isOurs(folder)) rmSync(folder, { recursive: true, force: true });
}

/** Follows from the state folder's path, so that it is found again whoever made it and however that ended. */
function inMemory({ path }: StateFolder, memory: string): string {
  return join(memory, `aks-fleet-${createHash("sha256").update(path).digest("hex").slice(0, 16)}`);
}

function isRoomy(memory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return process.platform === "linux" && bavail * bsize >= ENOUGH;
  } catch {
    return false;
  }
}

/** Anybody may write there, so what lies at our place and is another's, or leads elsewhere, is left alone. */
function isOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return !found || (found.isDirectory() && found.uid === process.getuid?.());
}
