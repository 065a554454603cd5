import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endProcesses, type ProcessSpec, startProcess } from "../../../cli/live/processes";
import { read, type StateFolder } from "../../../cli/live/state";
import type { Supervisor } from "./supervisor";

/** A command line after which `bash` may mount, or the reason why there is none. */
export type Mounting = { readonly command: readonly string[] } | { readonly reason: string };

/** What gives a process mounts of its own: as anybody, where the system lets people make user namespaces, else as root. */
const WAYS: readonly (readonly string[])[] = [
  ["unshare", "--user", "--map-root-user", "--mount"],
  ["unshare", "--mount"],
];

/** Finds out whether a small disk can be had here, by mounting one. */
export function mounting(): Mounting {
  if (process.platform !== "linux") return { reason: "a disk of a few MiB of one's own needs Linux" };
  const folder = mkdtempSync(join(tmpdir(), "live-disk-"));
  const said: string[] = [];
  try {
    for (const command of WAYS) {
      const [program = "", ...args] = [...command, "bash", "-c", 'mount -t tmpfs -o size=1m live "$0"', folder];
      const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
      if (status === 0) return { command };
      said.push((error?.message ?? stderr).trim());
    }
  } finally {
    rmdirSync(folder);
  }
  const fix = "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 kernel.unprivileged_userns_clone=1";
  return { reason: `mounting is refused: ${said.join("; ")}. Fix: ${fix}` };
}

const SIZE = "8m";

/** Mounts a small disk over a folder that only the program sees, then becomes the program: same process, same name. */
const ENTER = 'set -e; mount -t tmpfs -o "size=$1" live "$2"; name="$3"; shift 3; exec -a "$name" "$@"';

/** source-controller with a disk of its own for artifacts, which can be full. */
export class SmallDisk {
  private constructor(
    private readonly state: StateFolder,
    private readonly supervisor: Supervisor,
    private readonly original: ProcessSpec,
    private readonly ballast: string,
  ) {}

  /** Restarts source-controller so. */
  static async under(
    state: StateFolder,
    supervisor: Supervisor,
    cluster: string,
    command: readonly string[],
  ): Promise<SmallDisk> {
    const name = `${cluster}-source-controller`;
    const original = read<ProcessSpec>(join(state.path, "processes", `${name}.json`));
    const artifacts = original.args.find((arg) => arg.startsWith("--storage-path="))?.split("=")[1] ?? "";
    supervisor.hold(name);
    await endProcesses(state, (each) => each === name);
    const [program = "", ...args] = command;
    const marker = join(state.path, "run", name);
    const { pid } = startProcess(state, {
      ...original,
      program,
      args: [...args, "bash", "-c", ENTER, "bash", SIZE, artifacts, marker, original.program, ...original.args],
    });
    // The program's own view of its mounts.
    return new SmallDisk(state, supervisor, original, join("/proc", String(pid), "root", artifacts, "ballast"));
  }

  /** Takes all space that is left. */
  fill(): void {
    const file = openSync(this.ballast, "a");
    const block = Buffer.alloc(4096);
    try {
      for (;;) writeSync(file, block);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    } finally {
      closeSync(file);
    }
  }

  /** Gives the space back. */
  empty(): void {
    rmSync(this.ballast, { force: true });
  }

  /** Restarts source-controller as it was. */
  async remove(): Promise<void> {
    await endProcesses(this.state, (each) => each === this.original.name);
    startProcess(this.state, this.original);
    this.supervisor.release(this.original.name);
  }
}
