import type { Json } from "../../validate/types";
import type { Delta } from "../entry";
import type { Check } from "./rule";
import { listed, newIn, objectsAt, pathsUnder, shown } from "./values";

/** Looks at what a policy's expressions check. */
export const validations: Check = (delta, _world, report) => {
  const texts = (entry: Delta["before"]) =>
    objectsAt(entry?.content, "spec", "validations").map(({ expression }) => shown(expression));
  const rules = (entry: Delta["before"]) => objectsAt(entry?.content, "spec", "rules").map(({ name }) => shown(name));
  const [had, has] = [texts(delta.before), texts(delta.after)];
  const places = pathsUnder(delta, "spec.validations", "spec.rules");
  const lost = newIn(rules(delta.after), rules(delta.before));
  if (has.length < had.length)
    report("policy/validation-removed", `no longer checks ${listed(newIn(has, had))}`, places);
  else if (newIn(had, has).length > 0 && newIn(has, had).length > 0)
    report(
      "policy/validation-changed",
      `checks ${listed(newIn(had, has))} in place of ${listed(newIn(has, had))}`,
      places,
    );
  if (lost.length > 0) report("policy/validation-removed", `loses rule ${listed(lost)}`, places);
  if (has.length > had.length) report("policy/stricter", `checks ${listed(newIn(had, has))} too`, places);
};

/** Texts that stand in a list of an expression: `["a", "b"]`. */
const LIST = /\[\s*((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*,?\s*)*\]/g;
const TEXT = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g;

/** Looks at lists of texts in a policy's expressions, for example of registries. */
export const lists: Check = (delta, _world, report) => {
  const [had, has] = [delta.before, delta.after].map((entry) => expressions(entry?.content));
  if (!had || !has) return;
  const paths = pathsUnder(delta, "spec.variables", "spec.validations");
  const more = newIn(had.texts, has.texts);
  const fewer = newIn(has.texts, had.texts);
  if (more.length > 0) report("policy/allow-list-wider", `a list gains ${listed(more)}`, paths);
  else if (fewer.length > 0) report("policy/stricter", `a list loses ${listed(fewer)}`, paths);
  if (had.rest !== has.rest)
    report(
      "policy/validation-changed",
      "a variable that its expressions use differs",
      pathsUnder(delta, "spec.variables"),
    );
};

function expressions(content: unknown): { readonly texts: readonly string[]; readonly rest: string } {
  const texts: string[] = [];
  const own = (entry: Json) =>
    shownWhole(entry["expression"]).replace(LIST, (list) => {
      for (const [, double, single] of list.matchAll(TEXT)) texts.push(double ?? single ?? "");
      return "[]";
    });
  const rest = objectsAt(content, "spec", "variables")
    .map((variable) => `${String(variable["name"])} ${own(variable)}`)
    .join("\n");
  objectsAt(content, "spec", "validations").map(own);
  return { texts, rest };
}

function shownWhole(value: unknown): string {
  return typeof value === "string" ? value : "";
}
