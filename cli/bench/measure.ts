import { spawnSync } from "node:child_process";

/** Certificates that Node 20 reads at every start: 30 ms for a system's whole list, which rendering has no use for. */
const CERTIFICATES = "NODE_EXTRA_CA_CERTS";

/** The environment of all measured programs, ours and the peers'. */
export function environment(): NodeJS.ProcessEnv {
  const { [CERTIFICATES]: _, ...others } = process.env;
  return others;
}

/** What of the environment is left out, for the reader of the figures. */
export function leftOut(): readonly string[] {
  return process.env[CERTIFICATES] ? [CERTIFICATES] : [];
}

/** A program to time: called with the number of the run, so that it can use a new folder each time. */
export interface Contender {
  readonly name: string;
  readonly command: (run: number) => readonly (readonly string[])[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Programs of it that end with 1 where they find differences, which is no failure. @default none */
  readonly mayDiffer?: readonly string[];
}

/** Wall times of one contender's runs, in seconds, in the order of the runs. */
export type Times = readonly number[];

/**
 * Runs contenders in turn, A B C A B C …, so that a machine that slows down slows all of them. One uncounted run of each comes first.
 * Throws when a command fails.
 */
export function measure(
  contenders: readonly Contender[],
  runs: number,
  progress: (text: string) => void,
): ReadonlyMap<string, Times> {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let run = 0; run <= runs; run += 1) {
    for (const contender of contenders) {
      progress(`${contender.name}: ${run === 0 ? "warm-up" : `run ${run} of ${runs}`}`);
      const seconds = timed(contender, run);
      if (run > 0) times.get(contender.name)?.push(seconds);
    }
  }
  return times;
}

function timed({ name, command, cwd, env, mayDiffer = [] }: Contender, run: number): number {
  const started = performance.now();
  for (const [program = "", ...args] of command(run)) {
    const result = spawnSync(program, args, {
      cwd,
      env: { ...environment(), ...env },
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    if (result.error) throw result.error;
    if (result.status !== 0 && !(result.status === 1 && mayDiffer.includes(program)))
      throw new Error(`${name} failed (${program} ${args.join(" ")}):\n${result.stderr || result.stdout}`);
  }
  return (performance.now() - started) / 1000;
}

/** The middle one of some figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

/** The median of the ratios of two contenders, run by run. */
export function ratio(a: Times, b: Times): number {
  return median(a.map((seconds, index) => seconds / (b[index] ?? Number.NaN)));
}
