/** One stretch of the work, as it was measured. */
export interface Phase {
  readonly name: string;
  /** Seconds since the beginning of all. */
  readonly from: number;
  readonly seconds: number;
  /** MiB that all processes of the rig held at its end. @default nobody looked */
  readonly memory?: number;
}

/** How phases are told and measured. */
export interface PhasesOptions {
  /** Milliseconds of silence after which is said what is still going on. @default 15 s */
  readonly silence?: number;
  /** MiB that the rig's processes hold now. @default nobody looks */
  readonly memory?: () => Promise<number>;
}

/** Measures what takes how long, and tells it as it happens. */
export class Phases {
  readonly done: Phase[] = [];
  private readonly started = performance.now();
  private said = performance.now();

  /** `say` takes a line for each event, and for what has been going on in silence for a while. */
  constructor(
    private readonly say: (line: string) => void = () => {},
    private readonly options: PhasesOptions = {},
  ) {}

  /** Seconds since the beginning. */
  get elapsed(): number {
    return (performance.now() - this.started) / 1000;
  }

  /** Runs and measures. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const { silence = 15_000, memory } = this.options;
    const from = this.elapsed;
    const patience = setInterval(() => {
      if (performance.now() - this.said >= silence) this.note(`… ${name}`);
    }, silence / 3);
    try {
      const result = await work();
      const seconds = this.elapsed - from;
      const held = await memory?.();
      this.done.push({ name, from, seconds, ...(held !== undefined && { memory: held }) });
      this.note(name);
      return result;
    } finally {
      clearInterval(patience);
    }
  }

  /** Says what has happened, with the time. */
  note(what: string): void {
    this.said = performance.now();
    this.say(`${this.elapsed.toFixed(1).padStart(6)} s  ${what}`);
  }
}
