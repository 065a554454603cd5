import { isJson, type Json, valueAt } from "../validate/types";
import { type Delta, kindOf } from "./entry";
import { isUnder } from "./values";

/** Of an AKSNodeClass only tags are put on machines that run (karpenter-provider-azure, `hash:"ignore"` of `Tags`). */
const IN_PLACE = ["spec.tags"];

/**
 * The fields of a NodePool or AKSNodeClass change by which Karpenter replaces nodes. `weight`, `limits` and `disruption` only steer
 * Karpenter; requirements count where a running node may no longer fit. Source: karpenter.sh/docs/concepts/disruption, Drift.
 */
export function driftOf(delta: Delta): readonly string[] {
  if (!delta.before || !delta.after) return [];
  switch (kindOf(delta.ref)) {
    case "karpenter.azure.com/AKSNodeClass":
      return delta.fields
        .map(({ path }) => path)
        .filter((path) => isUnder(path, "spec") && !IN_PLACE.some((field) => isUnder(path, field)));
    case "karpenter.sh/NodePool": {
      const paths = delta.fields.map(({ path }) => path).filter((path) => isUnder(path, "spec.template"));
      const isNarrower = narrower(delta);
      return paths.filter((path) => !isUnder(path, "spec.template.spec.requirements") || isNarrower);
    }
    default:
      return [];
  }
}

/** Whether a node that met the old requirements may fail the new ones. */
function narrower({ before, after }: Delta): boolean {
  const old = requirements(before?.content);
  return requirements(after?.content).some(
    (wanted) => !old.some((had) => had["key"] === wanted["key"] && implies(had, wanted)),
  );
}

function requirements(content: unknown): readonly Json[] {
  const list = valueAt(content, "spec", "template", "spec", "requirements");
  return Array.isArray(list) ? list.filter(isJson) : [];
}

function implies(had: Json, wanted: Json): boolean {
  const one = values(had);
  const other = values(wanted);
  const isAlike = had["operator"] === wanted["operator"];
  switch (wanted["operator"]) {
    case "In":
      return isAlike && one.every((value) => other.includes(value));
    case "NotIn":
      return (
        (isAlike && other.every((value) => one.includes(value))) ||
        (had["operator"] === "In" && !one.some((value) => other.includes(value)))
      );
    case "Exists":
      return had["operator"] === "Exists" || had["operator"] === "In";
    case "Lt":
      return isAlike && Number(one[0]) <= Number(other[0]);
    case "Gt":
      return isAlike && Number(one[0]) >= Number(other[0]);
    default:
      return isAlike && one.join() === other.join();
  }
}

function values(requirement: Json): readonly string[] {
  return Array.isArray(requirement["values"]) ? requirement["values"].map(String) : [];
}
