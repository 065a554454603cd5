import { statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { folderSource } from "./folder";
import { answer, gitSource, objectFormat } from "./git";
import { commitOf, defaultBase, mergeBase } from "./refs";
import { DiffError, type ObjectFormat, type Source } from "./source";

/** Which two trees are compared. */
export interface Choice {
  /** The repository. */
  readonly root: string;
  /** Where names of folders begin. */
  readonly cwd: string;
  /** @default where the branch at HEAD left the upstream main branch */
  readonly from?: string;
  /** @default the working tree, rendered */
  readonly to?: string;
  /** Renders the working tree. */
  readonly render: (format: ObjectFormat) => Source;
}

/** Finds both sides. Throws what is wrong with a name, and what to do. */
export async function chooseSides({
  root,
  cwd,
  from,
  to,
  render,
}: Choice): Promise<{ readonly from: Source; readonly to: Source }> {
  const format = await objectFormat(root);
  const one = await fromSide(root, cwd, from, to, format);
  return { from: one, to: to === undefined ? render(format) : await named(root, cwd, to, format) };
}

async function fromSide(
  root: string,
  cwd: string,
  from: string | undefined,
  to: string | undefined,
  format: ObjectFormat,
): Promise<Source> {
  if (from === undefined) {
    const { id, label } = await defaultBase(root);
    return gitSource(root, id, label);
  }
  if (to !== undefined || (await isFolder(root, cwd, from))) return named(root, cwd, from, format);
  // A branch is compared with what it was made from, not with what others have merged since.
  const { id, label } = await mergeBase(root, from);
  return gitSource(root, id, label);
}

async function named(root: string, cwd: string, name: string, format: ObjectFormat): Promise<Source> {
  if (await isFolder(root, cwd, name)) return folderSource(resolve(cwd, name), name, format);
  return gitSource(root, await commitOf(root, name), name);
}

async function isFolder(root: string, cwd: string, name: string): Promise<boolean> {
  const isPath = isAbsolute(name) || /^\.{1,2}(\/|$)/.test(name);
  if (isPath) return true;
  const stat = statSync(resolve(cwd, name), { throwIfNoEntry: false });
  if (!stat) return false;
  const commit = await answer(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]);
  if (commit === undefined) return true;
  throw new DiffError(
    `${name} is a ref and a folder. Fix: write ./${name} for the folder, or refs/heads/${name} for the branch`,
  );
}
