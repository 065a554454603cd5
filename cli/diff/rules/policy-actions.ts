import { valueAt } from "../../validate/types";
import { pairAt } from "../entry";
import type { Check } from "./rule";
import { objectsAt, pathsUnder, shown } from "./values";

const FORCE: Readonly<Record<string, number>> = {
  Deny: 2,
  Enforce: 2,
  enforce: 2,
  Fail: 2,
  Warn: 1,
  Audit: 1,
  audit: 1,
  Ignore: 0,
};

/** Looks at what a policy does with what it forbids. */
export const actions: Check = (delta, _world, report) => {
  for (const path of [
    ["spec", "validationActions"],
    ["spec", "validationFailureAction"],
    ["spec", "failurePolicy"],
  ]) {
    const [before, after] = pairAt(delta, ...path);
    const isWeaker = force(before, path) > force(after, path);
    if (isWeaker)
      report(
        "policy/weaker-action",
        `${path.join(".")} goes from ${shown(before)} to ${shown(after)}`,
        pathsUnder(delta, path.join(".")),
      );
  }
  for (const list of ["rules", "webhooks"]) {
    const old = new Map(objectsAt(delta.before?.content, ...where(list)).map((rule) => [String(rule["name"]), rule]));
    for (const rule of objectsAt(delta.after?.content, ...where(list))) {
      const was = old.get(String(rule["name"]));
      if (!was) continue;
      for (const path of [["validate", "failureAction"], ["failurePolicy"]]) {
        const [one, other] = [valueAt(was, ...path), valueAt(rule, ...path)];
        if (force(one, path) > force(other, path))
          report(
            "policy/weaker-action",
            `${shown(rule["name"])}: ${path.join(".")} goes from ${shown(one)} to ${shown(other)}`,
            pathsUnder(delta, where(list).join(".")),
          );
      }
    }
  }
};

function where(list: string): readonly string[] {
  return list === "rules" ? ["spec", "rules"] : [list];
}

/** What is left out fails closed (admissionregistration.k8s.io/v1 `failurePolicy`), denies (Kyverno `validationActions`) or audits (`validationFailureAction`). */
function force(value: unknown, path: readonly string[]): number {
  if (Array.isArray(value)) return Math.max(0, ...value.map((item) => FORCE[String(item)] ?? 0));
  if (value === undefined) return ["validationActions", "failurePolicy"].includes(path.at(-1) ?? "") ? 2 : 1;
  return FORCE[String(value)] ?? 0;
}
