import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/** A command that another commit is recorded with fails; the message says which, and what it said. */
export class CommitError extends Error {}

/** Where the command is in a repository. */
const MAIN = join("infra", "record", "main.mjs");

/** How another commit is recorded. */
export interface AtCommit {
  /** The repository. */
  readonly root: string;
  /** Any name of the commit that Git knows. */
  readonly ref: string;
  readonly fleet: string;
  /** File to write. */
  readonly output: string;
}

/**
 * Records the program of another commit: that commit's sources, by its own command, in a folder of their own. Installed packages are
 * shared where the locks are the same. Throws {@link CommitError}.
 */
export function recordCommit({ root, ref, fleet, output }: AtCommit): void {
  mkdirSync(join(root, "build"), { recursive: true });
  const folder = mkdtempSync(join(root, "build", "recorded-"));
  try {
    unpack(root, ref, folder);
    if (!existsSync(join(folder, MAIN))) takeCommand(root, folder);
    for (const part of [".", "infra"]) installPackages(join(root, part), join(folder, part), ref);
    call(folder, process.execPath, [MAIN, "--fleet", fleet, "--output", output], `${ref} cannot be recorded`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function call(cwd: string, program: string, args: readonly string[], what: string, fix = ""): void {
  const { status, error, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new CommitError(`${what}: ${error?.message ?? stderr.trim()}${fix}`);
}

function unpack(root: string, ref: string, folder: string): void {
  const packed = join(folder, "commit.tar");
  const archive = ["archive", `--output=${packed}`, `${ref}^{commit}`, "--", ".", ":(exclude)dist"];
  const fix = ". Fix: name a commit that `git log` shows; a shallow clone has few";
  call(root, "git", archive, `${ref} cannot be taken from Git`, fix);
  call(root, "tar", ["-xf", packed, "-C", folder], `${ref} cannot be unpacked`);
  rmSync(packed);
}

/** A commit from before there was this command is recorded by the one at hand. */
function takeCommand(root: string, folder: string): void {
  cpSync(join(root, "infra", "record"), join(folder, "infra", "record"), { recursive: true });
}

function installPackages(from: string, to: string, ref: string): void {
  const [one, other] = [join(from, "package-lock.json"), join(to, "package-lock.json")];
  const isSame = existsSync(one) && existsSync(other) && readFileSync(one).equals(readFileSync(other));
  const packages = join(from, "node_modules");
  if (isSame && existsSync(packages)) symlinkSync(packages, join(to, "node_modules"));
  else
    call(
      to,
      "npm",
      ["ci", "--no-audit", "--no-fund", "--ignore-scripts"],
      `the packages of ${ref} cannot be installed`,
    );
}
