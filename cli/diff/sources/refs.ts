import { answer } from "./git";
import { DiffError } from "./source";

/** Branches that changes are merged to, in the order in which they are tried. */
const UPSTREAMS = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

/** A commit and what to call it. */
export interface Commit {
  readonly id: string;
  readonly label: string;
}

/** The id of a commit by any name Git knows. Throws where it knows none. */
export async function commitOf(root: string, ref: string): Promise<string> {
  await refuseNoRepository(root);
  const id = await tryCommit(root, ref);
  if (id !== undefined) return id;
  if (ref === "HEAD")
    throw new DiffError("The repository has no commit yet. Fix: commit first, or compare two folders");
  const shallow = (await isShallow(root))
    ? "the clone is shallow: git fetch --unshallow (in CI: fetch-depth: 0), or "
    : "";
  throw new DiffError(
    `There is no commit ${JSON.stringify(ref)} here, and no folder of that name. Fix: ${shallow}git fetch origin, or name another one (git branch --all lists them)`,
  );
}

/** Where the branch at HEAD left a ref. Throws where that is not known. */
export async function mergeBase(root: string, ref: string): Promise<Commit> {
  const other = await commitOf(root, ref);
  const head = await commitOf(root, "HEAD");
  const id = await answer(root, ["merge-base", other, head]);
  if (id) return { id, label: id === other ? ref : `merge base of ${ref} and HEAD` };
  throw new DiffError(
    (await isShallow(root))
      ? `The clone is shallow and lacks the commit at which HEAD left ${ref}. Fix: git fetch --unshallow (in CI: fetch-depth: 0)`
      : `HEAD and ${ref} have no commit in common. Fix: name both sides: --from ${ref} --to HEAD`,
  );
}

/**
 * Where the branch at HEAD left the upstream main branch, or HEAD where no branch is upstream. In a shallow clone without one HEAD is no
 * answer: a change would be compared with itself, and nothing reported.
 */
export async function defaultBase(root: string): Promise<Commit> {
  await refuseNoRepository(root);
  for (const ref of UPSTREAMS) {
    if ((await tryCommit(root, ref)) !== undefined) return mergeBase(root, await named(root, ref));
  }
  if (await isShallow(root)) {
    throw new DiffError(
      "The clone is shallow and has no main branch to compare with. Fix: git fetch --unshallow (in CI: fetch-depth: 0), or name --from",
    );
  }
  return { id: await commitOf(root, "HEAD"), label: "HEAD" };
}

/** `origin/HEAD` by the name of the branch it stands for. */
async function named(root: string, ref: string): Promise<string> {
  return ref === "origin/HEAD" ? ((await answer(root, ["rev-parse", "--abbrev-ref", ref])) ?? ref) : ref;
}

async function tryCommit(root: string, ref: string): Promise<string | undefined> {
  return answer(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
}

async function isShallow(root: string): Promise<boolean> {
  return (await answer(root, ["rev-parse", "--is-shallow-repository"])) === "true";
}

async function refuseNoRepository(root: string): Promise<void> {
  if ((await answer(root, ["rev-parse", "--is-inside-work-tree"])) !== undefined) return;
  throw new DiffError(
    `${root} is in no Git repository. Fix: run it in a clone, or compare two folders: --from DIR --to DIR`,
  );
}
