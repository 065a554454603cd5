import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
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

/** Throws when a folder holds something, but not a tree of ours. */
export function refuseForeign(target: string): void {
  const entries = filesIn(target);
  if (
    entries.length === 0 ||
    (existsSync(join(target, MARK.file)) && readFileSync(join(target, MARK.file), "utf8") === MARK.text)
  )
    return;
  throw new TreeError(
    `${target} holds something that was not rendered (no ${MARK.file} of ours), and rendering replaces the whole folder. Fix: name an empty or new folder, or empty this one`,
  );
}

/** Temporary folders of runs that were killed go; a tree that was moved aside and never replaced comes back. */
export function clearLeftovers(target: string): void {
  const parent = dirname(target);
  for (const name of filesIn(parent)) {
    const left = new RegExp(`^${escapeRegExp(basename(target))}\\.(tmp|old)-(\\d+)-[0-9a-f]{8}$`).exec(name);
    if (!left || isAlive(Number(left[2]))) continue;
    if (left[1] === "old" && !existsSync(target)) renameSync(join(parent, name), target);
    else rmSync(join(parent, name), { recursive: true, force: true });
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
