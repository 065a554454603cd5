import { type AddressRange, isCidr, rangeOf } from "../../../clusters/model/cidr";
import { isObject, isUnknown, unwrapped } from "../unknown";

type Key = string | number;

/** The value at a place; `undefined` when it is not set or not known yet. */
export function at(value: unknown, ...path: readonly Key[]): unknown {
  let current = unwrapped(value);
  for (const key of path) {
    if (typeof key === "number") current = Array.isArray(current) ? unwrapped(current[key]) : undefined;
    else current = isObject(current) && Object.hasOwn(current, key) ? unwrapped(current[key]) : undefined;
  }
  return isUnknown(current) ? undefined : current;
}

/** Whether something is set at a place, known or not. */
export function isSet(value: unknown, ...path: readonly Key[]): boolean {
  const parent = at(value, ...path.slice(0, -1));
  const last = path.at(-1);
  return isObject(parent) && typeof last === "string" && Object.hasOwn(parent, last) && parent[last] !== null;
}

/** Whether it is certain that nothing is set at a place: no part of the way there is unknown. */
export function lacks(value: unknown, ...path: readonly Key[]): boolean {
  let current = unwrapped(value);
  for (const key of path) {
    if (isUnknown(current)) return false;
    if (!isObject(current) || typeof key !== "string" || !Object.hasOwn(current, key)) return true;
    current = unwrapped(current[key]);
  }
  return current === null;
}

/** How many of some properties are set, when it is not one for certain. */
export function notOne(value: unknown, names: readonly string[]): "none" | "several" | undefined {
  if (names.every((name) => lacks(value, name))) return "none";
  return names.filter((name) => isSet(value, name)).length > 1 ? "several" : undefined;
}

/** Whether it is certain that something is not switched on. */
export function isOff(value: unknown, ...path: readonly Key[]): boolean {
  return lacks(value, ...path) || at(value, ...path) === false;
}

/** Whether nothing inside a value is unknown. */
export function isKnown(value: unknown): boolean {
  const current = unwrapped(value);
  if (isUnknown(current)) return false;
  if (Array.isArray(current)) return current.every(isKnown);
  return !isObject(current) || Object.values(current).every(isKnown);
}

/** The text at a place; `undefined` when there is none that is known. */
export function text(value: unknown, ...path: readonly Key[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** The number at a place; `undefined` when there is none that is known. */
export function number(value: unknown, ...path: readonly Key[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === "number" ? found : undefined;
}

/** The list at a place; empty when there is none that is known. */
export function list(value: unknown, ...path: readonly Key[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The texts of a list that are known. */
export function texts(value: unknown, ...path: readonly Key[]): readonly string[] {
  return list(value, ...path)
    .map((item) => text(item))
    .filter((item) => item !== undefined);
}

/** The entries of an object; none when there is none that is known. */
export function entries(value: unknown, ...path: readonly Key[]): readonly [string, unknown][] {
  const found = at(value, ...path);
  return isObject(found) ? Object.entries(found) : [];
}

/** The range of a text in CIDR notation that begins where its network begins; `undefined` for any other text. */
export function network(cidr: string): AddressRange | undefined {
  if (!isCidr(cidr)) return undefined;
  const range = rangeOf(cidr);
  const [address = ""] = cidr.split("/");
  return rangeOf(`${address}/32` as typeof cidr).first === range.first ? range : undefined;
}

/** The last part of a resource's id: its name. */
export function lastOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** Items that occur more than once. */
export function repeated(items: readonly string[]): readonly string[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}
