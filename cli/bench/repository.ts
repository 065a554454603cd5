import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

/** Commits in a repository of their own, which knows nothing of the project's. */
export interface Commits {
  /** What makes Git, and what calls it, take that repository. */
  readonly env: Readonly<Record<string, string>>;
  /** One for each tree, each the parent of the next. */
  readonly ids: readonly string[];
}

/** Commits rendered trees, one after the other, as the folder `dist`. */
export function commitTrees(folder: string, trees: readonly string[]): Commits {
  const env = {
    GIT_DIR: resolve(folder),
    // A person's own settings could sign, convert or ignore.
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
  };
  const who = { GIT_AUTHOR_NAME: "bench", GIT_AUTHOR_EMAIL: "bench@example.com" };
  const committer = { GIT_COMMITTER_NAME: "bench", GIT_COMMITTER_EMAIL: "bench@example.com" };
  const git = (args: readonly string[], input = "", more: Readonly<Record<string, string>> = {}) =>
    execFileSync("git", args, { env: { ...process.env, ...env, ...who, ...committer, ...more }, input })
      .toString()
      .trim();
  git(["init", "--quiet", "--bare"]);
  const ids: string[] = [];
  for (const tree of trees) {
    const place = { GIT_WORK_TREE: resolve(tree) };
    git(["read-tree", "--empty"]);
    git(["-C", resolve(tree), "add", "--all", "."], "", place);
    const root = git(["mktree"], `040000 tree ${git(["write-tree"])}\tdist\n`);
    ids.push(git(["commit-tree", root, ...ids.slice(-1).flatMap((id) => ["-p", id])], "a tree\n"));
  }
  git(["update-ref", "HEAD", ids.at(-1) ?? ""]);
  return { env, ids };
}
