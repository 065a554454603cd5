import type { CorpusCase } from "./case";
import { GUARDS } from "./guards";
import { NODES } from "./nodes";
import { PLACES } from "./places";
import { RELEASES } from "./releases";
import { TRAFFIC } from "./traffic";
import { WORKLOADS } from "./workloads";

/** Every change of the corpus. */
export const CASES: readonly CorpusCase[] = [...RELEASES, ...PLACES, ...GUARDS, ...NODES, ...TRAFFIC, ...WORKLOADS];
