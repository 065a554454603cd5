import { isJson, type Json, valueAt } from "../../validate/types";
import { addressesWiden } from "../addresses";
import { canonical } from "../values";
import type { Check } from "./rule";
import { isDeleted, listed, newIn, objectsAt, pathsUnder, textsAt } from "./values";

/** Looks at what the mesh lets through. */
export const authorization: Check = (delta, world, report) => {
  const name = delta.before?.ref.name ?? delta.ref.name;
  const paths = pathsUnder(delta, "spec");
  const [before, after] = [delta.before, delta.after].map((entry) => (entry ? sense(entry.content) : undefined));
  if (delta.status === "renamed") return;
  if (isDeleted(delta, world) && before) {
    const what =
      before.action === "ALLOW" && before.rules.length === 0 ? "it let nothing through" : `it was ${before.action}`;
    return report("mesh/authorization-wider", `${name} is gone; ${what}`);
  }
  if (delta.status === "added" && after) {
    const opens = after.action === "ALLOW" && after.rules.length > 0;
    return report(
      opens ? "mesh/authorization-wider" : "mesh/authorization-stricter",
      `${after.action} with ${after.rules.length} rules is new`,
      paths,
    );
  }
  if (!before || !after || delta.fields.length === 0) return;
  if (before.action !== after.action)
    return report("mesh/authorization-wider", `${before.action} becomes ${after.action}`, paths);
  if (before.selector !== after.selector)
    return report("mesh/authorization-wider", "it holds for other workloads", paths);
  const [wider, narrower] = compareRules(before.rules, after.rules);
  const opens = after.action === "ALLOW" ? wider : narrower;
  const closes = after.action === "ALLOW" ? narrower : wider;
  if (opens.length > 0) report("mesh/authorization-wider", `${after.action}: ${listed(opens)}`, paths);
  else if (closes.length > 0) report("mesh/authorization-stricter", `${after.action}: ${listed(closes)}`, paths);
};

interface Sense {
  readonly action: string;
  readonly selector: string;
  readonly rules: readonly Json[];
}

function sense(content: Json): Sense {
  return {
    action: String(valueAt(content, "spec", "action") ?? "ALLOW"),
    selector: canonical([valueAt(content, "spec", "selector") ?? null, valueAt(content, "spec", "targetRefs") ?? null]),
    rules: objectsAt(content, "spec", "rules"),
  };
}

/** In what some rules match more than others did, and in what less; rules that differ are compared in their order. */
function compareRules(
  before: readonly Json[],
  after: readonly Json[],
): readonly [wider: readonly string[], narrower: readonly string[]] {
  const had = new Set(before.map(canonical));
  const has = new Set(after.map(canonical));
  const gone = before.filter((rule) => !has.has(canonical(rule)));
  const come = after.filter((rule) => !had.has(canonical(rule)));
  const wider: string[] = [];
  const narrower: string[] = [];
  for (const [index, rule] of come.entries()) {
    const was = gone[index];
    if (!was) wider.push(`a rule is added: ${canonical(rule)}`);
    else compareParts(was, rule, wider, narrower);
  }
  for (const rule of gone.slice(come.length)) narrower.push(`a rule is gone: ${canonical(rule)}`);
  return [wider, narrower];
}

/** A rule matches where each of its parts does; a part matches where one of its alternatives does, and always where it is left out. */
function compareParts(was: Json, rule: Json, wider: string[], narrower: string[]): void {
  for (const part of ["from", "to", "when"]) {
    const [old, now] = [was[part], rule[part]].map((value) =>
      Array.isArray(value) ? value.filter(isJson).map(canonical) : undefined,
    );
    if (canonical(old ?? null) === canonical(now ?? null)) continue;
    if (now === undefined) wider.push(`${part} is no longer asked for`);
    else if (old === undefined) narrower.push(`${part} is asked for: ${now.join(" ")}`);
    else if (part === "when") (now.length < old.length ? wider : narrower).push(`${part}: ${now.join(" ")}`);
    else {
      const [grown, shrunk] = alternatives(objectsAt(was, part), objectsAt(rule, part));
      if (grown) wider.push(`${part}: ${now.join(" ")}`);
      else if (shrunk) narrower.push(`${part}: ${now.join(" ")}`);
    }
  }
}

function alternatives(before: readonly Json[], after: readonly Json[]): readonly [grown: boolean, shrunk: boolean] {
  const had = new Set(before.map(canonical));
  const fresh = after.filter((one) => !had.has(canonical(one)));
  const grown = fresh.some((one) => !before.some((old) => covers(old, one)));
  return [grown, !grown];
}

/** Whether everything that one source or operation matches, another matches too. */
function covers(wide: Json, narrow: Json): boolean {
  const [one] = Object.values(wide).filter(isJson);
  const [other] = Object.values(narrow).filter(isJson);
  if (!one || !other) return false;
  return Object.keys(one).every((field) => {
    const [allowed, asked] = [textsAt(one, field), textsAt(other, field)];
    if (asked.length === 0) return false;
    if (field.startsWith("not")) return newIn(asked, allowed).length === 0;
    if (/ipblocks$/i.test(field)) return addressesWiden(allowed, asked).length === 0;
    return asked.every((value) => allowed.includes(value) || allowed.includes("*"));
  });
}
