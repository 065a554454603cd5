import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { AnswerMessage, CallMessage, Calls } from "./calls";

/** Calls the functions of another process. */
export type Caller<Offered> = <Name extends keyof Offered & string>(
  name: Name,
  ...args: Offered[Name] extends (...args: infer Args) => unknown ? Args : never
) => Offered[Name] extends (...args: never) => infer Result ? Result : never;

/** A process of this project that answers calls. */
export interface Helper<Offered extends Calls> {
  readonly call: Caller<Offered>;
  /** Ends it and all that it has started, at once. */
  readonly kill: () => void;
  /** Ends it likewise, and waits until it is gone. */
  readonly stop: () => Promise<void>;
}

/** Much of what the SDK makes lives until the program ends; a large nursery saves half of the garbage collection. */
const NODE_FLAGS = ["--max-semi-space-size=128", "--min-semi-space-size=128"];

/** Starts `infra/engine/<entry>` in a process group of its own, so that the CLI and all else it starts can end with it. */
export function startHelper<Offered extends Calls>(root: string, folder: string, entry: string): Helper<Offered> {
  const file = join(root, "infra", "engine", entry);
  const child = spawn(process.execPath, [...NODE_FLAGS, bootstrap(root, folder), root, file], {
    cwd: root,
    env: environment(),
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let count = 0;
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      said = (said + chunk).slice(-8000);
    });
  }
  const closed = new Promise<void>((resolve) => {
    child.on("close", (code, signal) => {
      for (const { reject } of waiting.values()) reject(new Error(`${entry} ended (${signal ?? code}):\n${said}`));
      waiting.clear();
      resolve();
    });
  });
  child.on("message", (message: AnswerMessage) => {
    const { resolve, reject } = waiting.get(message.call) ?? {};
    waiting.delete(message.call);
    if ("error" in message) reject?.(new Error(message.error));
    else resolve?.(message.result);
  });
  const call = (name: string, ...args: readonly unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      const message: CallMessage = { call: count++, name, args };
      waiting.set(message.call, { resolve, reject });
      child.send(message, (error) => error && reject(new Error(`${entry} is gone:\n${said}`)));
    });
  const kill = () => killGroup(child.pid);
  return {
    call: call as unknown as Caller<Offered>,
    kill,
    stop: async () => {
      kill();
      await closed;
    },
  };
}

/** Runs `infra/engine/<entry>` to its end and returns what it prints; what it says meanwhile goes to standard error. */
export function runEntry(root: string, entry: string, timeout: number): string {
  const folder = mkdtempSync(join(tmpdir(), "aks-fleet-engine-"));
  try {
    const args = [bootstrap(root, folder), root, join(root, "infra", "engine", entry)];
    const stdio: ["ignore", "pipe", "inherit"] = ["ignore", "pipe", "inherit"];
    return execFileSync(process.execPath, args, { cwd: root, stdio, timeout, encoding: "utf8" });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}

/** Writes the bundle that loads everything else into a folder and returns its path; it takes the repository and an entry. */
export function bootstrap(root: string, folder: string): string {
  const outfile = join(folder, "main.cjs");
  if (existsSync(outfile)) return outfile;
  const esbuild = require.resolve("esbuild", { paths: [root] });
  buildSync({
    entryPoints: [join(root, "infra", "engine", "main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    alias: { esbuild },
    external: [esbuild],
  });
  return outfile;
}

/** Nothing of the user's own Pulumi or Azure reaches the engine. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PULUMI|AZURE|ARM)_/.test(name)));
}
