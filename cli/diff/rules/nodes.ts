import { valueAt } from "../../validate/types";
import { kindOf, pairAt } from "../entry";
import { quantity } from "../immutable";
import { driftOf } from "../nodes";
import { isUnder } from "../values";
import type { Check, RuleDocs } from "./rule";
import { listed, objectsAt, pathsUnder, shown, textsAt } from "./values";

/** The machines that Karpenter makes. */
export const NODES = {
  "nodes/replaced": {
    severity: "warning",
    title: "Nodes are replaced",
    doc: "Karpenter takes nodes that no longer match for drifted and replaces them within the NodePool's disruption budgets; every pod on them moves. Source: karpenter.sh/docs/concepts/disruption, Drift.",
  },
  "nodes/subnet": {
    severity: "danger",
    title: "Nodes move to another subnet",
    doc: "AKS does not support changing vnetSubnetID of an AKSNodeClass that has nodes. Make a new class and a new pool, and drain the old one.",
  },
  "nodes/limits-down": {
    severity: "warning",
    title: "A node pool may grow less",
    doc: "Pods that no longer fit stay Pending; 0 makes no node at all.",
  },
  "nodes/capacity-type": {
    severity: "warning",
    title: "Nodes are bought otherwise",
    doc: "Spot or on-demand is added or taken away: what they cost and how often they are evicted changes.",
  },
  "nodes/spread": {
    severity: "warning",
    title: "Nodes stand in fewer zones",
    doc: "The loss of a zone takes more with it, and pods that are bound to a zone by their volumes find no node.",
  },
  "nodes/disruption": {
    severity: "notice",
    title: "Karpenter may disrupt nodes otherwise",
    doc: "Budgets, consolidation or expiry differ; see how many nodes may go at once.",
  },
  "nodes/weight": {
    severity: "info",
    title: "Another node pool is preferred",
    doc: "Only new nodes follow the weight.",
  },
} as const satisfies RuleDocs;

/** Looks at NodePools and AKSNodeClasses that differ. */
export const nodes: Check = (delta, _world, report) => {
  if (!delta.before || !delta.after) return;
  const drift = driftOf(delta);
  const subnet = drift.filter((path) => isUnder(path, "spec.vnetSubnetID"));
  if (subnet.length > 0)
    report(
      "nodes/subnet",
      `vnetSubnetID becomes ${shown(valueAt(delta.after.content, "spec", "vnetSubnetID"))}`,
      subnet,
    );
  if (drift.length > 0) report("nodes/replaced", `its nodes drift: ${listed(drift)}`, drift);
  if (kindOf(delta.ref) !== "karpenter.sh/NodePool") return;
  limits(delta, _world, report);
  requirement(delta, _world, report);
  const disruption = pathsUnder(delta, "spec.disruption", "spec.template.spec.expireAfter");
  if (disruption.length > 0) report("nodes/disruption", `${listed(disruption)} differ`, disruption);
  const weight = pathsUnder(delta, "spec.weight");
  if (weight.length > 0)
    report("nodes/weight", `weight goes from ${pairAt(delta, "spec", "weight").map(shown).join(" to ")}`, weight);
};

const limits: Check = (delta, _world, report) => {
  const down = delta.fields.filter(({ path, before, after }) => {
    if (!isUnder(path, "spec.limits")) return false;
    const [one, other] = [quantity(before), quantity(after)];
    return before === undefined || (one !== undefined && other !== undefined && other < one);
  });
  if (down.length > 0) {
    report(
      "nodes/limits-down",
      down.map(({ path, before, after }) => `${path} goes from ${shown(before)} to ${shown(after)}`).join(", "),
      down.map(({ path }) => path),
    );
  }
};

const requirement: Check = (delta, _world, report) => {
  for (const [key, rule] of [
    ["karpenter.sh/capacity-type", "nodes/capacity-type"],
    ["topology.kubernetes.io/zone", "nodes/spread"],
  ] as const) {
    const [before, after] = [delta.before, delta.after].map((entry) => {
      const own = objectsAt(entry?.content, "spec", "template", "spec", "requirements").find(
        (one) => one["key"] === key,
      );
      return own ? textsAt(own, "values") : [];
    });
    if (!before || !after || before.join() === after.join()) continue;
    const isFewer =
      rule === "nodes/capacity-type" || before.some((value) => !after.includes(value)) || before.length === 0;
    if (isFewer)
      report(
        rule,
        `${key} goes from ${listed(before) || "any"} to ${listed(after) || "any"}`,
        pathsUnder(delta, "spec.template.spec.requirements"),
      );
  }
};
