/** One stretch of the work, as it was measured. */
export interface Phase {
  readonly name: string;
  /** Seconds since the beginning of all. */
  readonly from: number;
  readonly seconds: number;
}

/** Milliseconds of silence after which is said what is still going on. */
const SILENCE = 15_000;

/** Measures what takes how long, and tells it as it happens. */
export class Phases {
  readonly done: Phase[] = [];
  private readonly started = performance.now();
  private said = performance.now();

  /** `say` takes a line for each event, and for what has been going on in silence for a while. */
  constructor(
    private readonly say: (line: string) => void = () => {},
    private readonly silence = SILENCE,
  ) {}

  /** Seconds since the beginning. */
  get elapsed(): number {
    return (performance.now() - this.started) / 1000;
  }

  /** Runs and measures. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const from = this.elapsed;
    const patience = setInterval(() => {
      if (performance.now() - this.said >= this.silence) this.note(`… ${name}`);
    }, this.silence / 3);
    try {
      const result = await work();
      this.done.push({ name, from, seconds: this.elapsed - from });
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
