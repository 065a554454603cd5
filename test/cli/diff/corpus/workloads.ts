import type { CorpusCase } from "./case";
import { edit, fleet, without } from "./edit";

/** How applications run: selectors, replicas, budgets, quotas. */
export const WORKLOADS: readonly CorpusCase[] = [
  {
    name: "change a selector",
    after: () =>
      edit(/deployment\.ledger/, (o) => {
        o.spec.selector.matchLabels.version = "2";
        o.spec.template.metadata.labels.version = "2";
      }),
    expected: ["danger object/immutable app2"],
  },
  {
    name: "scale an application to fewer pods",
    after: () =>
      edit(/horizontalpodautoscaler\.ledger/, (o) => {
        o.spec.minReplicas = 1;
      }),
    expected: ["warning scaling/bounds-down app2"],
  },
  {
    name: "remove a disruption budget",
    after: () => without(/poddisruptionbudget\.ledger/),
    expected: ["notice prune/object app2", "warning pdb/removed app2"],
  },
  {
    name: "shrink a team's quota",
    after: () =>
      fleet((f) => {
        f.clusters[2].applications[0].quota.pods = 20;
      }),
    expected: ["warning quota/down app2"],
  },
];
