import { accessSync, constants, cpSync, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { codeOf, explained } from "./errors";
import { besideOf, MARK } from "./folder";
import type { StagedTree } from "./write";

/** Puts a staged tree in its place. Two runs at once both succeed; the later one's tree stays. */
export function swapIn(staged: StagedTree, target: string): void {
  if (existsSync(target) && staged.differing.length === 0 && existsSync(join(target, MARK.file))) {
    rmSync(staged.folder, { recursive: true, force: true });
    return;
  }
  const old = besideOf(target, "old");
  try {
    refuseReadOnly(target);
    for (;;) {
      moveAway(target, old);
      if (moveIn(staged.folder, target)) break;
    }
  } catch (error) {
    if (!existsSync(target) && existsSync(old)) renameSync(old, target);
    rmSync(staged.folder, { recursive: true, force: true });
    throw explained(error, target);
  }
  clearAway(old);
}

/** Takes a staged tree away. */
export function discard(staged: StagedTree): void {
  rmSync(staged.folder, { recursive: true, force: true });
}

/** A read-only folder could be moved, but not removed afterwards; and whoever made it so does not want it replaced. */
function refuseReadOnly(target: string): void {
  try {
    accessSync(target, constants.W_OK);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

function moveAway(target: string, old: string): void {
  try {
    rmSync(old, { recursive: true, force: true });
    renameSync(target, old);
  } catch (error) {
    if (codeOf(error) === "EXDEV") copyAway(target, old);
    else if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** A folder from a lower layer of a container image cannot be renamed. When it cannot be removed either, what is gone of it comes back. */
function copyAway(target: string, old: string): void {
  cpSync(target, old, { recursive: true });
  try {
    rmSync(target, { recursive: true });
  } catch (error) {
    cpSync(old, target, { recursive: true });
    clearAway(old);
    throw error;
  }
}

/** The new tree is in its place, so a run does not fail over the old one; the next run tries again. */
function clearAway(old: string): void {
  try {
    rmSync(old, { recursive: true, force: true });
  } catch {}
}

/** False when another run has put its tree there in the meantime. */
function moveIn(folder: string, target: string): boolean {
  try {
    renameSync(folder, target);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOTEMPTY" || codeOf(error) === "EEXIST") return false;
    throw error;
  }
}
