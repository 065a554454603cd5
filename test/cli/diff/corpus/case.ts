import type { Files } from "./edit";

/** A change as it comes in a pull request, and what must be found: `rule` and the clusters it is found on. */
export interface CorpusCase {
  readonly name: string;
  readonly after: () => Files;
  /** Every finding that is more than information, as `severity rule clusters`. */
  readonly expected: readonly string[];
}

interface Container {
  image: string;
  securityContext: Record<string, unknown>;
}

/** The first container of a workload. */
export function container(workload: { spec: { template: { spec: { containers: readonly [Container] } } } }): Container {
  return workload.spec.template.spec.containers[0];
}
