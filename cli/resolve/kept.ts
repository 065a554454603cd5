import { copyFileSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { IMPORTS, isImported, isRendered, TREE } from "./generated";
import { entriesOf, git, ResolveError } from "./git";

/** Copies of what only the working tree holds, made before it is replaced. */
export interface Kept {
  /** Relative to the project. */
  readonly folder: string;
  readonly files: readonly string[];
}

/**
 * Copies generated files that neither a commit nor the index holds as they are: those in conflict, edited by hand or never added.
 * Throws, with nothing changed, when that fails.
 */
export async function keep(root: string, prefix: string, now = new Date()): Promise<Kept> {
  const folder = join("build", "resolve", now.toISOString().replace(/[:.]/g, "-"));
  const files = (await atRisk(root, prefix)).filter((file) => isFile(join(root, file)));
  try {
    for (const file of files) {
      mkdirSync(dirname(join(root, folder, file)), { recursive: true });
      copyFileSync(join(root, file), join(root, folder, file));
    }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new ResolveError(
      `What ${TREE} holds cannot be kept in ${folder} (${said}), so nothing was changed. Fix: make the folder writable, or free some space`,
    );
  }
  return { folder, files };
}

/** Removes copies of files that are still, or again, the same. Says how many are left. */
export function forgetUnchanged(root: string, kept: Kept): number {
  const left = kept.files.filter((file) => {
    const [copy, file_] = [join(root, kept.folder, file), join(root, file)];
    if (!isFile(file_) || !readFileSync(copy).equals(readFileSync(file_))) return true;
    rmSync(copy);
    return false;
  });
  if (left.length === 0) rmSync(join(root, kept.folder), { recursive: true, force: true });
  return left.length;
}

async function atRisk(root: string, prefix: string): Promise<readonly string[]> {
  const folders = [TREE, IMPORTS].filter((folder) => existsSync(join(root, folder)));
  const options = ["--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--ignored=traditional"];
  const status = entriesOf(await git(root, ["status", ...options, "--", ...folders]));
  return status
    .filter((entry) => entry[1] !== " ")
    .map((entry) => entry.slice(3 + prefix.length))
    .filter((path) => isRendered(path) || isImported(path));
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
