import { isList, isObject, type Properties, type Value } from "./value";

/** How one property differs. */
export type DiffKind = "add" | "delete" | "update";

/** One property that differs. */
export interface PropertyDifference {
  /** For example `agentPoolProfiles[0].vmSize`. */
  readonly path: string;
  readonly kind: DiffKind;
  /** Whether the resource must be replaced for it. */
  readonly replaces: boolean;
}

/**
 * Compares inputs property by property. `replacing` holds property paths without indexes (`agentPoolProfiles[].vmSize`);
 * what lies below such a path replaces as well. Locations differ neither by case nor by spaces, as in azure-native.
 */
export function compare(before: Properties, after: Properties, replacing: readonly string[]): PropertyDifference[] {
  const found: { path: string; kind: DiffKind }[] = [];
  walk(sameLocation(before, after), after, "", found);
  const paths = new Set(replacing);
  return found.map((one) => ({ ...one, replaces: isReplacing(one.path, paths) }));
}

function sameLocation(before: Properties, after: Properties): Properties {
  const plain = (value: Value | undefined) =>
    typeof value === "string" ? value.toLowerCase().replaceAll(" ", "") : value;
  const location = after["location"];
  return location !== undefined && plain(before["location"]) === plain(location) ? { ...before, location } : before;
}

function walk(
  before: Value | undefined,
  after: Value | undefined,
  path: string,
  found: { path: string; kind: DiffKind }[],
): void {
  if (before === undefined || after === undefined) {
    if (before !== after) found.push({ path, kind: before === undefined ? "add" : "delete" });
  } else if (isObject(before) && isObject(after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      walk(before[name], after[name], path === "" ? name : `${path}.${name}`, found);
    }
  } else if (isList(before) && isList(after)) {
    for (let index = 0; index < Math.max(before.length, after.length); index++) {
      walk(before[index], after[index], `${path}[${index}]`, found);
    }
  } else if (before !== after) {
    found.push({ path, kind: "update" });
  }
}

function isReplacing(path: string, replacing: ReadonlySet<string>): boolean {
  const plain = path.replaceAll(/\[\d+\]/g, "[]");
  for (
    let end = plain.length;
    end > 0;
    end = Math.max(plain.lastIndexOf(".", end - 1), plain.lastIndexOf("[", end - 1))
  ) {
    if (replacing.has(plain.slice(0, end))) return true;
  }
  return false;
}
