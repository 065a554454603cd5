import { valueAt } from "../../validate/types";
import { pairAt } from "../entry";
import { canonical } from "../values";
import type { Check } from "./rule";
import { listed, newIn, objectsAt, pathsUnder, shown, textsAt } from "./values";

const MATCHES = ["matchConstraints", "matchResources"];

/** Looks at what a policy is applied to. */
export const matching: Check = (delta, _world, report) => {
  const say = (what: string, ...places: string[]) =>
    report("policy/narrower-match", what, pathsUnder(delta, ...places));
  for (const field of MATCHES) {
    const place = `spec.${field}`;
    const [before, after] = pairAt(delta, "spec", field);
    const lost = [...rulesIn(before, "resourceRules")].filter((rule) => !rulesIn(after, "resourceRules").has(rule));
    if (lost.length > 0) say(`no longer matches ${listed(lost)}`, `${place}.resourceRules`);
    const spared = [...rulesIn(after, "excludeResourceRules")].filter(
      (rule) => !rulesIn(before, "excludeResourceRules").has(rule),
    );
    if (spared.length > 0) say(`leaves out ${listed(spared)}`, `${place}.excludeResourceRules`);
    for (const selector of ["namespaceSelector", "objectSelector"]) {
      const fewer = narrowerSelector(valueAt(before, selector), valueAt(after, selector));
      if (fewer.length > 0) say(`${selector}: ${listed(fewer)}`, `${place}.${selector}`);
    }
  }
  const conditions = (content: unknown) =>
    objectsAt(content, "spec", "matchConditions").map(({ expression }) => shown(expression));
  const added = newIn(conditions(delta.before?.content), conditions(delta.after?.content));
  if (added.length > 0) say(`only where ${listed(added)}`, "spec.matchConditions");
  const [had, has] = [delta.before, delta.after].map(
    (entry) =>
      new Set([
        ...objectsAt(entry?.content, "spec", "rules").map((rule) => canonical(rule["match"] ?? null)),
        ...objectsAt(entry?.content, "webhooks").map((hook) =>
          canonical([hook["rules"] ?? null, hook["namespaceSelector"] ?? null]),
        ),
      ]),
  );
  if (had && has && [...had].some((match) => !has.has(match)))
    say("a rule matches otherwise", "spec.rules", "webhooks");
};

function rulesIn(match: unknown, field: string): ReadonlySet<string> {
  const all = new Set<string>();
  for (const rule of objectsAt(match, field)) {
    for (const group of textsAt(rule, "apiGroups")) {
      for (const resource of textsAt(rule, "resources")) {
        for (const verb of textsAt(rule, "operations"))
          all.add(`${verb} ${resource}${group === "" ? "" : `.${group}`}`);
      }
    }
  }
  return all;
}

/** Requirements that a selector gains, and values that it gains to leave out or loses to take in. */
function narrowerSelector(before: unknown, after: unknown): readonly string[] {
  const labels = (selector: unknown) =>
    Object.entries(valueAt(selector, "matchLabels") ?? {}).map(([key, value]) => `${key}=${String(value)}`);
  const found = newIn(labels(before), labels(after)).map((label) => `only ${label}`);
  const old = new Map(objectsAt(before, "matchExpressions").map((one) => [`${one["operator"]} ${one["key"]}`, one]));
  for (const one of objectsAt(after, "matchExpressions")) {
    const was = old.get(`${one["operator"]} ${one["key"]}`);
    if (!was) found.push(`${shown(one["operator"])} ${shown(one["key"])} ${textsAt(one, "values").join(" ")}`.trim());
    else if (one["operator"] === "NotIn")
      found.push(...newIn(textsAt(was, "values"), textsAt(one, "values")).map((value) => `not in ${value}`));
    else if (one["operator"] === "In")
      found.push(...newIn(textsAt(one, "values"), textsAt(was, "values")).map((value) => `no longer in ${value}`));
  }
  return found;
}
