import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

/** This repository. */
export const ROOT = resolve(__dirname, "..", "..", "..");

/** Longest that a test of real processes may take on a busy machine; none waits for time. */
export const PATIENCE = 300_000;

const SOURCES = [
  "base",
  "cli",
  "clusters",
  "imports",
  "tools",
  "main.ts",
  "cdk8s.yaml",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];

/** Where copies and their trees are made: in memory where there is room, since these tests make many thousands of files. */
export const TEMPORARY = ["/dev/shm"].find(isRoomy) ?? tmpdir();

function isRoomy(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    accessSync(folder, constants.W_OK);
    return bavail * bsize > 2 ** 30;
  } catch {
    return false;
  }
}

/** A copy of the sources in a folder of its own, with the packages and tools of this repository. */
export interface Repository {
  readonly root: string;
  /** Changes a source, or makes one; returns how to take that back. */
  readonly edit: (file: string, change: (text: string) => string) => () => void;
  /** Runs `node cli/run.cjs ARG...`, by default in the repository. */
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<Exit>;
  /** A new empty folder beside the repository, which goes with it. */
  readonly folder: () => string;
  readonly remove: () => void;
}

/** How a command is started. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Options of Node itself. */
  readonly node?: readonly string[];
  /** Sees the process as soon as it runs. */
  readonly meanwhile?: (child: ChildProcess) => void | Promise<void>;
  readonly as?: { readonly uid: number; readonly gid: number };
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Makes a copy; its path can hold anything. */
export function copyRepository(name = "repository"): Repository {
  const folder = openFolder(join(TEMPORARY, "fleet-"));
  const root = join(folder, name);
  mkdirSync(root, { recursive: true });
  for (const source of SOURCES) {
    cpSync(join(ROOT, source), join(root, source), {
      recursive: true,
      filter: (path) => basename(path) !== "node_modules",
    });
  }
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  mkdirSync(join(ROOT, ".cache", "bin"), { recursive: true });
  mkdirSync(join(root, ".cache"));
  symlinkSync(join(ROOT, ".cache", "bin"), join(root, ".cache", "bin"));
  return {
    root,
    edit: (file, change) => edit(join(root, file), change),
    run: (args, options = {}) =>
      runNode([...(options.node ?? []), join(root, "cli", "run.cjs"), ...args], root, options),
    folder: () => openFolder(join(folder, "beside-")),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A new folder that other users' processes read, too. */
function openFolder(prefix: string): string {
  const folder = mkdtempSync(prefix);
  chmodSync(folder, 0o755);
  return folder;
}

function edit(path: string, change: (text: string) => string): () => void {
  const before = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  const after = change(before ?? "");
  if (after === before) throw new Error(`${path} stays as it is`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, after);
  return () => (before === undefined ? rmSync(path) : writeFileSync(path, before));
}

/** Runs Node to its end, without what this test run's own environment would tell it. */
export function runNode(args: readonly string[], cwd: string, options: RunOptions = {}): Promise<Exit> {
  return runProgram(process.execPath, args, cwd, options);
}

/** Runs a program to its end. */
export function runProgram(
  program: string,
  args: readonly string[],
  cwd: string,
  { env = {}, meanwhile, as, ...options }: RunOptions = {},
): Promise<Exit> {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(INIT_CWD|FLEET|DIST|NODE_OPTIONS|npm_|CDK8S_)/.test(name),
  );
  return new Promise((done, failed) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? cwd,
      env: { ...Object.fromEntries(own), ...env },
      stdio: ["ignore", "pipe", "pipe"],
      ...as,
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      stderr += chunk;
    });
    child.on("error", failed);
    child.on("close", (code, signal) => done({ code, signal, stdout, stderr }));
    Promise.resolve(meanwhile?.(child)).catch((error: unknown) => {
      child.kill("SIGKILL");
      failed(error);
    });
  });
}

/** Every file of a tree with its bytes; a link shows as where it leads. */
export function treeOf(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(files.sort().map((file) => [file.slice(folder.length + 1), readFileSync(file, "latin1")]));
}

/** Waits until something is so while a process runs; false when the process ended first. */
export async function until(child: ChildProcess, isSo: () => boolean): Promise<boolean> {
  while (!isSo()) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    await new Promise((next) => setTimeout(next, 1));
  }
  return true;
}

/** Says loudly that a check did not run; with CI=true that is a failure. */
export function notRun(reason: string): void {
  const message = `NOT RUN: ${reason}`;
  if (process.env["CI"] === "true") throw new Error(message);
  process.stderr.write(`${message}\n`);
}

/** How to start a process that permissions hold for: root may write anywhere. Undefined when none can be started that reads `root`. */
export function unprivileged(root: string): RunOptions | undefined {
  if (process.getuid?.() !== 0) return {};
  const as = { uid: 65534, gid: 65534 };
  const read = ["node_modules/esbuild/package.json", "cli/run.cjs"].map((file) => join(root, file));
  const { status } = spawnSync(
    process.execPath,
    ["-e", "process.argv.slice(1).map(f=>fs.readFileSync(f))", ...read],
    as,
  );
  return status === 0 ? { as, env: { HOME: "/nonexistent" } } : undefined;
}
