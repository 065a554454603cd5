import { isJson, type Json, valueAt } from "../../validate/types";
import type { Delta } from "../entry";
import { fateOf } from "../fate";
import { isUnder } from "../values";
import type { World } from "../world";

/** The entries of a list that are objects; none where there is no list. */
export function objectsAt(value: unknown, ...keys: readonly string[]): readonly Json[] {
  const list = valueAt(value, ...keys);
  return Array.isArray(list) ? list.filter(isJson) : [];
}

/** The texts of a list; none where there is no list. */
export function textsAt(value: unknown, ...keys: readonly string[]): readonly string[] {
  const list = valueAt(value, ...keys);
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}

/** Texts of the second list that the first lacks. */
export function newIn(before: readonly string[], after: readonly string[]): readonly string[] {
  const had = new Set(before);
  return [...new Set(after)].filter((text) => !had.has(text));
}

/** Paths of a change's fields at or below some places. */
export function pathsUnder(delta: Delta, ...places: readonly string[]): readonly string[] {
  return delta.fields.map(({ path }) => path).filter((path) => places.some((place) => isUnder(path, place)));
}

/** Whether Flux deletes the object, and nothing of the same content takes its place. */
export function isDeleted({ status, before }: Delta, world: World): boolean {
  return status === "removed" && before !== undefined && fateOf(before, world).kind === "pruned";
}

/** Whether a change takes the object away under its old name. */
export function isGone({ status }: Delta): boolean {
  return status === "removed" || status === "renamed";
}

/** A value as it stands in a message. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

/** Texts as they stand in a message: the first five, and how many more. */
export function listed(texts: readonly string[]): string {
  const some = texts.slice(0, 5).map(shown).join(", ");
  return texts.length > 5 ? `${some} and ${texts.length - 5} more` : some;
}
