import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { runProgram } from "../tools/process";
import { freePorts } from "./ports";
import { startProcess } from "./processes";
import { read, type StateFolder, save } from "./state";
import { until } from "./wait";

/** The Git server of a rig and the clone from which is pushed. */
export interface GitHost {
  /** Address that Flux pulls. */
  readonly url: string;
  /** The clone. */
  readonly clone: string;
  readonly branch: string;
  /** Folder of the bare repositories; the server looks for `fault.json` there. */
  readonly folder: string;
}

/** Name of the server's process. */
export const GIT_SERVER = "git-server";

const BRANCH = "main";

/** Tells Flux what of a repository to leave out. */
const IGNORE = ".sourceignore";

/** Starts a server with an empty repository, and a clone of it. */
export async function startGit(state: StateFolder, root: string, signal?: AbortSignal): Promise<GitHost> {
  const folder = join(state.path, "git");
  const [port] = await freePorts(1);
  mkdirSync(folder, { recursive: true });
  const bare = join(folder, "fleet.git");
  await git(folder, ["init", "--quiet", "--bare", `--initial-branch=${BRANCH}`, bare]);
  await git(bare, ["config", "http.receivepack", "true"]);
  startProcess(state, {
    name: GIT_SERVER,
    program: process.execPath,
    args: [resolve(root, "cli", "live", "git-server.mjs"), folder, String(port)],
    cwd: folder,
  });
  const host = { url: `http://127.0.0.1:${port}/fleet.git`, clone: join(state.path, "clone"), branch: BRANCH, folder };
  save(join(folder, "host.json"), host);
  await until("the Git server", () => git(folder, ["ls-remote", host.url]), { ...(signal && { signal }) });
  await git(folder, ["clone", "--quiet", host.url, host.clone]);
  copyFileSync(join(root, IGNORE), join(host.clone, IGNORE));
  return host;
}

/** The Git server that was started before. */
export function openGit(state: StateFolder): GitHost {
  return read(join(state.path, "git", "host.json"));
}

/** Puts a rendered tree in place of the one in the repository and pushes it; returns the commit, also when nothing changed. */
export async function pushTree(host: GitHost, tree: string, message: string): Promise<string> {
  const place = join(host.clone, "dist");
  rmSync(place, { recursive: true, force: true });
  cpSync(tree, place, { recursive: true });
  return commit(host, message);
}

/** Writes, or with `undefined` removes, files of the repository and pushes the change. */
export async function pushFiles(
  host: GitHost,
  files: Readonly<Record<string, string | undefined>>,
  message: string,
): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(host.clone, path);
    if (text === undefined) {
      rmSync(file);
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return commit(host, message);
}

/** Undoes a commit by another one, as `git revert` does, and pushes it. */
export async function pushRevert(host: GitHost, of: string): Promise<string> {
  await git(host.clone, ["revert", "--no-edit", of]);
  return push(host);
}

/** A file of the repository as it was last pushed. */
export function pushedFile(host: GitHost, path: string): string {
  return readFileSync(join(host.clone, path), "utf8");
}

/** The commit that was pushed last. */
export async function headOf({ clone }: GitHost): Promise<string> {
  return (await git(clone, ["rev-parse", "HEAD"])).trim();
}

async function commit(host: GitHost, message: string): Promise<string> {
  await git(host.clone, ["add", "--all"]);
  const { code } = await runProgram("git", ["diff", "--cached", "--quiet"], { cwd: host.clone, env: environment() });
  if (code !== 0) await git(host.clone, ["commit", "--quiet", "-m", message]);
  return push(host);
}

async function push(host: GitHost): Promise<string> {
  await git(host.clone, ["push", "--quiet", "origin", `HEAD:${host.branch}`]);
  return headOf(host);
}

async function git(cwd: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runProgram("git", args, { cwd, env: environment() });
  if (code !== 0) throw new Error(`git ${args[0]}: ${stderr.trim() || `exit code ${code}`}`);
  return stdout;
}

/** The rig's commits are its own: no hook, signature or credential of the person's takes part. */
function environment(): NodeJS.ProcessEnv {
  const who = { NAME: "aks-fleet live", EMAIL: "live@localhost" };
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));
  return {
    ...own,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: who.NAME,
    GIT_AUTHOR_EMAIL: who.EMAIL,
    GIT_COMMITTER_NAME: who.NAME,
    GIT_COMMITTER_EMAIL: who.EMAIL,
    no_proxy: "127.0.0.1",
  };
}
