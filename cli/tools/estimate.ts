import type { GoTool } from "./go-tool";

/** What a build takes from empty caches on two cores. */
export interface Estimate {
  readonly seconds: number;
  /** Gigabytes that Go's caches grow by. */
  readonly gigabytes: number;
}

/** What a program's build is expected to take, also after another program of the same module, with which it shares most of the work. */
export interface Estimates extends Estimate {
  readonly after?: Estimate;
}

/** Cost and estimates of a program's build from the same numbers. */
export function costing(estimates: Estimates): { readonly cost: string; readonly estimates: Estimates } {
  const { seconds, gigabytes } = estimates;
  return { cost: `${inWords(seconds)} on two cores and ${gigabytes} GB for Go's caches`, estimates };
}

/** What each of these builds takes, one after the other. A program without an estimate counts as nothing. */
export function estimatesInOrder(tools: readonly GoTool[]): readonly Estimate[] {
  const begun = new Set<string>();
  return tools.map(({ module, estimates = { seconds: 0, gigabytes: 0 } }) => {
    const { after = estimates } = estimates;
    const estimate = begun.has(module) ? after : estimates;
    begun.add(module);
    return estimate;
  });
}

/** A length of time as a person says it: seconds below one and a half minutes. */
export function inWords(seconds: number): string {
  return seconds < 90 ? `${Math.max(5, Math.ceil(seconds / 5) * 5)} s` : `${Math.round(seconds / 60)} min`;
}
