import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { entriesOf, git, ResolveError } from "./git";

/** What Git is in the middle of, and how it goes on once all is resolved. */
export interface Operation {
  readonly name: string;
  readonly next: string;
}

/** A repository, and what in it is in conflict. */
export interface State {
  /** Folder of the working tree. */
  readonly top: string;
  /** The project's folder in it: empty, or with a slash at its end. */
  readonly prefix: string;
  readonly operation?: Operation;
  /** Files in conflict, relative to the project, sorted. Those beside the project begin with `../`. */
  readonly unmerged: readonly string[];
}

/** In this order: a rebase that stops leaves marks of a cherry-pick too. */
const MARKS: readonly (readonly [file: string, operation: Operation])[] = [
  ["rebase-merge", { name: "rebase", next: "git rebase --continue" }],
  ["rebase-apply/applying", { name: "application of patches", next: "git am --continue" }],
  ["rebase-apply", { name: "rebase", next: "git rebase --continue" }],
  ["CHERRY_PICK_HEAD", { name: "cherry-pick", next: "git cherry-pick --continue" }],
  ["REVERT_HEAD", { name: "revert", next: "git revert --continue" }],
  ["MERGE_HEAD", { name: "merge", next: "git merge --continue" }],
];

/** Looks at the repository that a project's folder lies in. Throws where there is none. */
export async function stateOf(root: string): Promise<State> {
  const { top, prefix } = await placeOf(root);
  const operation = await operationIn(root);
  // Asked at the top, since Git lists only what lies below the folder it is asked in.
  const entries = entriesOf(await git(top, ["ls-files", "--unmerged", "-z"]));
  const paths = new Set(entries.map((entry) => entry.slice(entry.indexOf("\t") + 1)));
  return {
    top,
    prefix,
    ...(operation ? { operation } : {}),
    unmerged: [...paths].map((path) => fromProject(path, prefix)).sort(),
  };
}

async function placeOf(root: string): Promise<{ readonly top: string; readonly prefix: string }> {
  try {
    const [top = "", prefix = ""] = (await git(root, ["rev-parse", "--show-toplevel", "--show-prefix"])).split("\n");
    return { top, prefix };
  } catch (error) {
    if (error instanceof ResolveError && /not a git repository|must be run in a work tree/i.test(error.message)) {
      throw new ResolveError(
        `${root} is in no Git working tree, so nothing can be in conflict. Fix: run it in a clone`,
      );
    }
    throw error;
  }
}

async function operationIn(root: string): Promise<Operation | undefined> {
  const answer = await git(root, ["rev-parse", ...MARKS.flatMap(([file]) => ["--git-path", file])]);
  const paths = answer.split("\n");
  return MARKS.find((_, index) => existsSync(resolve(root, paths[index] ?? "")))?.[1];
}

function fromProject(path: string, prefix: string): string {
  if (path.startsWith(prefix)) return path.slice(prefix.length);
  return join(
    ...prefix
      .split("/")
      .filter(Boolean)
      .map(() => ".."),
    path,
  );
}
