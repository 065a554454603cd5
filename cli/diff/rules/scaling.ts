import { valueAt } from "../../validate/types";
import { kindOf, pairAt } from "../entry";
import { quantity } from "../immutable";
import type { Check, RuleDocs } from "./rule";
import { isDeleted, pathsUnder, shown } from "./values";

/** How much may run, and how much must. */
export const SCALING = {
  "scaling/bounds-down": {
    severity: "warning",
    title: "A workload is scaled between lower bounds",
    doc: "A minimum or maximum of an HPA or ScaledObject goes down: fewer pods at rest, or not enough under load.",
  },
  "scaling/bounds": {
    severity: "notice",
    title: "A workload is scaled otherwise",
    doc: "Bounds go up, or what is measured differs.",
  },
  "scaling/removed": {
    severity: "warning",
    title: "Nothing scales a workload any more",
    doc: "It keeps the number of pods it has at that moment, or falls to the one in its manifest.",
  },
  "pdb/removed": {
    severity: "warning",
    title: "A disruption budget goes or asks for less",
    doc: "Node upgrades and consolidation may take more pods of the workload away at once.",
  },
  "pdb/blocks": {
    severity: "warning",
    title: "A disruption budget lets no pod be evicted",
    doc: "Node upgrades and Karpenter wait for ever. Allow at least one.",
  },
  "quota/down": {
    severity: "warning",
    title: "A namespace may use less",
    doc: "A quota or a limit goes down: pods that no longer fit are not created, also when they are only replaced.",
  },
  "quota/removed": {
    severity: "warning",
    title: "A namespace's quota or limits go",
    doc: "Its pods may take all there is, and containers get no defaults.",
  },
  "priority/changed": {
    severity: "notice",
    title: "A priority class differs",
    doc: "Pods of other priorities may be preempted by or for it.",
  },
} as const satisfies RuleDocs;

/** Looks at what scales and bounds workloads. */
export const scaling: Check = (delta, world, report) => {
  switch (kindOf(delta.ref)) {
    case "autoscaling/HorizontalPodAutoscaler":
      return bounds(delta, world, report, ["minReplicas", "maxReplicas"]);
    case "keda.sh/ScaledObject":
      return bounds(delta, world, report, ["minReplicaCount", "maxReplicaCount"]);
    case "policy/PodDisruptionBudget":
      return budget(delta, world, report);
    case "/ResourceQuota":
    case "/LimitRange":
      return quota(delta, world, report);
    case "scheduling.k8s.io/PriorityClass":
      if (delta.before && delta.after && delta.fields.length > 0)
        report(
          "priority/changed",
          `${delta.fields.map(({ path }) => path).join(", ")} differ`,
          delta.fields.map(({ path }) => path),
        );
  }
};

function bounds(
  delta: Parameters<Check>[0],
  world: Parameters<Check>[1],
  report: Parameters<Check>[2],
  fields: readonly string[],
): void {
  if (isDeleted(delta, world)) report("scaling/removed", `${delta.before?.ref.name} is gone`);
  if (!delta.before || !delta.after || delta.status === "renamed") return;
  const down = fields.filter((field) => {
    const [before, after] = pairAt(delta, "spec", field).map((value) => quantity(value) ?? DEFAULTS[field]);
    return before !== undefined && after !== undefined && after < before;
  });
  const places = pathsUnder(delta, "spec");
  if (down.length > 0) {
    const said = down.map((field) => `${field} goes from ${pairAt(delta, "spec", field).map(shown).join(" to ")}`);
    report(
      "scaling/bounds-down",
      said.join(", "),
      down.map((field) => `spec.${field}`),
    );
  } else if (places.length > 0) report("scaling/bounds", `${places.join(", ")} differ`, places);
}

const DEFAULTS: Readonly<Record<string, number>> = { minReplicas: 1, minReplicaCount: 0, maxReplicaCount: 100 };

const budget: Check = (delta, world, report) => {
  if (isDeleted(delta, world)) report("pdb/removed", `${delta.before?.ref.name} is gone`);
  if (!delta.after || delta.status === "renamed") return;
  const [oldMost, most] = pairAt(delta, "spec", "maxUnavailable");
  const [oldLeast, least] = pairAt(delta, "spec", "minAvailable");
  const blocks = (one: unknown, other: unknown) => one === 0 || one === "0%" || other === "100%";
  if (blocks(most, least) && !blocks(oldMost, oldLeast))
    report(
      "pdb/blocks",
      most === undefined ? "minAvailable is 100%" : `maxUnavailable is ${shown(most)}`,
      pathsUnder(delta, "spec.maxUnavailable", "spec.minAvailable"),
    );
  if (!delta.before) return;
  const isLower =
    more(oldMost, most) ||
    more(least, oldLeast) ||
    (oldLeast !== undefined && least === undefined && most !== undefined);
  const selects = pathsUnder(delta, "spec.selector");
  if (isLower || selects.length > 0)
    report(
      "pdb/removed",
      selects.length > 0
        ? "it covers other pods"
        : `allows ${most === undefined ? `only ${shown(least)} to be left` : `${shown(most)} to be away`} at once`,
      pathsUnder(delta, "spec"),
    );
};

/** Whether the second is more; numbers and percentages are compared only with their like. */
function more(before: unknown, after: unknown): boolean {
  const [one, other] = [before, after].map((value) =>
    typeof value === "string" && value.endsWith("%") ? Number(value.slice(0, -1)) : value,
  );
  return typeof before === typeof after && typeof one === "number" && typeof other === "number" && other > one;
}

const quota: Check = (delta, world, report) => {
  if (isDeleted(delta, world)) report("quota/removed", `${delta.before?.ref.name} is gone`);
  if (!delta.before || !delta.after || delta.status === "renamed") return;
  const down = delta.fields.filter(({ path, before, after }) => {
    if (!/^spec\.(hard|limits)/.test(path)) return false;
    if (before === undefined) return delta.ref.kind === "ResourceQuota" || /\.max\b/.test(path);
    const [one, other] = [quantity(before), quantity(after)];
    return one !== undefined && other !== undefined && other < one;
  });
  if (down.length > 0) {
    report(
      "quota/down",
      down
        .map(
          ({ path, before, after }) =>
            `${path.replace(/^spec\.(hard|limits)\.?/, "")} goes from ${shown(before)} to ${shown(after)}`,
        )
        .join(", "),
      down.map(({ path }) => path),
    );
  }
  const lost = valueAt(delta.before.content, "spec", "hard");
  const gone = delta.fields.filter(
    ({ path, after }) => lost !== undefined && path.startsWith("spec.hard") && after === undefined,
  );
  if (gone.length > 0)
    report(
      "quota/removed",
      `no bound for ${gone.map(({ path }) => path.slice("spec.hard.".length)).join(", ")} any more`,
      gone.map(({ path }) => path),
    );
};
