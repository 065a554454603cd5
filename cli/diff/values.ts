import { isJson, type Json } from "../validate/types";
import { type Keyed, keyed } from "./merge-keys";
import type { FieldChange } from "./model";

/**
 * Every difference between two values, in the order of the newer one. Lists of objects are matched by their merge keys, others by
 * equal entries; a list whose entries only stand in another order is a difference too, since order can matter.
 */
export function diffValues(before: unknown, after: unknown): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  compare("", "", before, after, changes);
  return changes;
}

/** Whether two values of JSON are the same; the order of an object's members does not count. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other) || (one === 0 && other === 0)) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  }
  if (!isJson(one) || !isJson(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  );
}

/** A path with one more name. */
export function childPath(path: string, key: string): string {
  if (/^[A-Za-z_$][\w$-]*$/.test(key)) return path === "" ? key : `${path}.${key}`;
  return `${path}[${JSON.stringify(key)}]`;
}

/** Whether a path is a place, or lies below it: `spec.a[name=x].b` below `spec.a`. */
export function isUnder(path: string, place: string): boolean {
  return (
    path.startsWith(place) && (path.length === place.length || path[place.length] === "." || path[place.length] === "[")
  );
}

function compare(path: string, field: string, before: unknown, after: unknown, changes: FieldChange[]): void {
  if (isJson(before) && isJson(after)) compareMembers(path, before, after, changes);
  else if (Array.isArray(before) && Array.isArray(after)) compareLists(path, field, before, after, changes);
  else if (!isSame(before, after)) changes.push({ path, before, after });
}

function compareMembers(path: string, before: Json, after: Json, changes: FieldChange[]): void {
  for (const key of Object.keys(after)) {
    const place = childPath(path, key);
    if (Object.hasOwn(before, key)) compare(place, key, before[key], after[key], changes);
    else changes.push({ path: place, after: after[key] });
  }
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(after, key)) changes.push({ path: childPath(path, key), before: before[key] });
  }
}

function compareLists(
  path: string,
  field: string,
  before: readonly unknown[],
  after: readonly unknown[],
  changes: FieldChange[],
): void {
  if (isSame(before, after)) return;
  const byKey = keyed(field, before, after);
  if (byKey) compareKeyed(path, before, after, byKey, changes);
  else if (before.some(isObject) && after.some(isObject)) comparePositions(path, before, after, changes);
  else changes.push({ path, before, after });
}

function compareKeyed(
  path: string,
  before: readonly unknown[],
  after: readonly unknown[],
  keys: Keyed,
  changes: FieldChange[],
): void {
  const common: number[] = [];
  for (const [name, position] of keys.after) {
    const place = `${path}[${name}]`;
    const old = keys.before.get(name);
    if (old === undefined) changes.push({ path: place, after: after[position] });
    else {
      common.push(old);
      compare(place, "", before[old], after[position], changes);
    }
  }
  for (const [name, position] of keys.before) {
    if (!keys.after.has(name)) changes.push({ path: `${path}[${name}]`, before: before[position] });
  }
  if (!isAscending(common)) {
    changes.push({ path, before: [...keys.before.keys()], after: [...keys.after.keys()], reordered: true });
  }
}

/** Equal entries belong together; of the rest, the first to the first, and so on. */
function comparePositions(
  path: string,
  before: readonly unknown[],
  after: readonly unknown[],
  changes: FieldChange[],
): void {
  const waiting = new Map<string, number[]>();
  for (const [position, entry] of before.entries()) {
    const text = canonical(entry);
    const known = waiting.get(text);
    if (known) known.push(position);
    else waiting.set(text, [position]);
  }
  for (const positions of waiting.values()) positions.reverse();
  const matched = after.map((entry) => waiting.get(canonical(entry))?.pop());
  const taken = new Set(matched);
  const left = before.map((_, position) => position).filter((position) => !taken.has(position));
  let next = 0;
  for (const [position, entry] of after.entries()) {
    if (matched[position] !== undefined) continue;
    const old = left[next++];
    const place = `${path}[${position}]`;
    matched[position] = old;
    if (old === undefined) changes.push({ path: place, after: entry });
    else compare(place, "", before[old], entry, changes);
  }
  for (const old of left.slice(next)) changes.push({ path: `${path}[${old}]`, before: before[old] });
  const order = matched.filter((old) => old !== undefined);
  if (!isAscending(order)) {
    changes.push({ path, before: before.map((_, old) => old), after: order, reordered: true });
  }
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? -1));
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** A value as text, the same for equal values. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isJson(value)) return JSON.stringify(value) ?? "null";
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(",")}}`;
}
