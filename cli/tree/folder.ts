import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { codeOf, TreeError } from "./errors";

/** The file that marks a folder as rendered, so that no other folder is ever replaced. */
export const MARK = {
  file: "README.md",
  text: "Rendered from `clusters/` by `make synth`. Do not edit: the next run replaces all of it.\n",
} as const;

/** Names in a folder, sorted; none where there is no such folder. */
export function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return [];
    throw error;
  }
}

/** Throws when there is a file, or a folder that holds something, but not a tree of ours. */
export function refuseForeign(target: string): void {
  for (;;) {
    const before = statSync(target, { throwIfNoEntry: false });
    if (!before) return;
    if (!before.isDirectory()) {
      throw new TreeError(
        `${target} is a file, and rendering makes a folder. Fix: name another one, or remove the file`,
      );
    }
    if (filesIn(target).length === 0 || isMarked(target)) return;
    // When another run has put its tree there between two looks, they say nothing.
    if (statSync(target, { throwIfNoEntry: false })?.ino === before.ino) break;
  }
  throw new TreeError(
    `${target} holds something that was not rendered (no ${MARK.file} of ours), and rendering replaces the whole folder. Fix: name an empty or new folder, or empty this one`,
  );
}

function isMarked(target: string): boolean {
  try {
    return readFileSync(join(target, MARK.file), "utf8") === MARK.text;
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "EISDIR") return false;
    throw error;
  }
}

/** A name beside a tree that no other run takes: `tmp` for one that is being made, `old` for one that was moved aside. */
export function besideOf(target: string, what: "tmp" | "old"): string {
  // No secret, so not worth the 4 ms that Node takes to load its cryptography.
  const chance = Math.floor(Math.random() * 2 ** 32);
  return `${target}.${what}-${process.pid}-${chance.toString(16).padStart(8, "0")}`;
}

/** Temporary folders of runs that were killed go; a tree that was moved aside and never replaced comes back. */
export function clearLeftovers(target: string): void {
  const parent = dirname(target);
  const leftover = new RegExp(`^${escapeRegExp(basename(target))}\\.(tmp|old)-(\\d+)-[0-9a-f]{8}$`);
  for (const name of filesIn(parent)) {
    const left = leftover.exec(name);
    if (!left || isAlive(Number(left[2]))) continue;
    if (left[1] === "old" && !existsSync(target) && cameBack(join(parent, name), target)) continue;
    try {
      rmSync(join(parent, name), { recursive: true, force: true });
    } catch {
      // Another person's, in a folder for all: theirs to remove.
    }
  }
}

/** False when another run was quicker. */
function cameBack(old: string, target: string): boolean {
  try {
    renameSync(old, target);
    return true;
  } catch (error) {
    if (["ENOENT", "ENOTEMPTY", "EEXIST"].includes(codeOf(error) ?? "")) return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
