/** One stretch of the work, as it was measured. */
export interface Phase {
  readonly name: string;
  /** Seconds since the beginning of all. */
  readonly from: number;
  readonly seconds: number;
}

/** Measures what takes how long, and tells it as it happens. */
export class Phases {
  readonly done: Phase[] = [];
  private readonly started = performance.now();

  /** `say` takes a line for each phase that has ended. */
  constructor(private readonly say: (line: string) => void = () => {}) {}

  /** Seconds since the beginning. */
  get elapsed(): number {
    return (performance.now() - this.started) / 1000;
  }

  /** Runs and measures. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const from = this.elapsed;
    const result = await work();
    this.done.push({ name, from, seconds: this.elapsed - from });
    this.note(name);
    return result;
  }

  /** Says what has happened, with the time. */
  note(what: string): void {
    this.say(`${this.elapsed.toFixed(1).padStart(6)} s  ${what}`);
  }
}
