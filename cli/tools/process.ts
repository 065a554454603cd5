import { spawn } from "node:child_process";

/** How a program ended. `code` is null when a signal or a time limit ended it. */
export interface Exit {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What {@link runProgram} takes beside the command line. */
export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Stops the program. */
  readonly signal?: AbortSignal;
  /** Milliseconds after which the program is stopped. @default no limit */
  readonly timeout?: number;
  /** Takes standard output piece by piece; `stdout` of the result then stays empty. */
  readonly onStdout?: (chunk: string) => void;
}

/** The most that is kept of what a program prints, so that a runaway one cannot fill the memory. */
const MOST_KEPT = 1 << 20;

/** Runs a program to its end. Rejects when it cannot be started or `signal` aborts, not when it exits with an error. */
export function runProgram(program: string, args: readonly string[], options: ProgramOptions = {}): Promise<Exit> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env,
      signal: options.signal,
      stdio: ["ignore", "pipe", "pipe"],
    });
    // Not spawn's own limit: its timer runs on, and keeps this process alive, when a program cannot be started.
    const limit = options.timeout === undefined ? undefined : setTimeout(() => child.kill(), options.timeout);
    let stdout = "";
    let stderr = "";
    let broken: unknown;
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      if (!options.onStdout) stdout = kept(stdout, chunk);
      else if (broken === undefined) {
        try {
          options.onStdout(chunk);
        } catch (error) {
          broken = error;
          child.kill();
        }
      }
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      stderr = kept(stderr, chunk);
    });
    child.on("error", (error) => {
      clearTimeout(limit);
      reject(error);
    });
    child.on("close", (code) => {
      clearTimeout(limit);
      if (broken === undefined) resolve({ code, stdout, stderr });
      else reject(broken);
    });
  });
}

function kept(text: string, chunk: string): string {
  return text.length >= MOST_KEPT ? text : text + chunk;
}
