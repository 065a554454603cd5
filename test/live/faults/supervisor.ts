import { setTimeout as sleep } from "node:timers/promises";
import { restartProcess, runningProcesses } from "../../../cli/live/processes";
import type { StateFolder } from "../../../cli/live/state";
import { until } from "../../../cli/live/wait";

/** One start of a process that was down. */
export interface Restart {
  readonly name: string;
  readonly at: number;
}

/** Milliseconds between two starts of the same process. The kubelet's own back-off begins at 10 s. */
const BACKOFF = 1000;

/** Starts again what ended, as the kubelet would: what was killed, and what gave up because something else was. */
export class Supervisor {
  readonly restarts: Restart[] = [];
  private readonly ending = new AbortController();
  private readonly held = new Set<string>();
  private watching: Promise<void> | undefined;

  private constructor(
    private readonly state: StateFolder,
    /** What has to run. */
    readonly names: readonly string[],
  ) {}

  /** Looks after all processes of a cluster that run now. */
  static async of(state: StateFolder, cluster: string): Promise<Supervisor> {
    const running = (await runningProcesses(state)).map(({ name }) => name);
    const supervisor = new Supervisor(state, running.filter((name) => name.startsWith(`${cluster}-`)).sort());
    supervisor.watching = supervisor.watch();
    return supervisor;
  }

  /** Ends a process as a crash would, as soon as it runs, and waits until it has ended; it is started again unless it is held. */
  async kill(name: string): Promise<void> {
    const pid = await until(name, () => this.pidOf(name), { interval: 20 });
    process.kill(pid, "SIGKILL");
    await until(`the end of ${name}`, async () => (await this.pidOf(name).catch(() => 0)) !== pid, { interval: 20 });
  }

  /** Leaves a process down until {@link release}. */
  hold(name: string): void {
    this.held.add(name);
  }

  /** Looks after a process again. */
  release(name: string): void {
    this.held.delete(name);
  }

  /** Waits until everything runs. */
  async allUp(): Promise<void> {
    await until("what the supervisor starts", async () => (await this.missing()).length === 0, {
      interval: 50,
      explain: async () => `still down: ${(await this.missing()).join(", ")}`,
    });
  }

  /** The id of a process that runs. */
  async pidOf(name: string): Promise<number> {
    const found = (await runningProcesses(this.state)).find((each) => each.name === name);
    if (!found) throw new Error(`${name} does not run`);
    return found.pid;
  }

  /** Stops looking after them. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.watching;
  }

  private async missing(): Promise<readonly string[]> {
    const running = new Set((await runningProcesses(this.state)).map(({ name }) => name));
    return this.names.filter((name) => !running.has(name) && !this.held.has(name));
  }

  private async watch(): Promise<void> {
    const last = new Map<string, number>();
    while (!this.ending.signal.aborted) {
      for (const name of await this.missing()) {
        // Held meanwhile, or asked to stop: then it is not to be started any more.
        if (this.held.has(name) || this.ending.signal.aborted) continue;
        const now = performance.now();
        if (now - (last.get(name) ?? Number.NEGATIVE_INFINITY) < BACKOFF) continue;
        last.set(name, now);
        restartProcess(this.state, name);
        this.restarts.push({ name, at: now });
      }
      await sleep(100, undefined, { signal: this.ending.signal }).catch(() => {});
    }
  }
}
