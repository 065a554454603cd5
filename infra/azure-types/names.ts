import { SDK_NAMES } from "./special";

/**
 * Name that azure-native gives a property of Azure: camel case from a lower-case letter, without dashes and underscores.
 * Source: pulumi/pulumi-azure-native, provider/pkg/gen/utilities.go, ToLowerCamel; exceptions in special.ts.
 */
export function sdkName(owner: string, name: string): string {
  return SDK_NAMES[`${owner}.${name}`] ?? lowerCamel(name);
}

/** A name as SDKs write it: `balance-similar-node-groups` becomes `balanceSimilarNodeGroups`. */
export function lowerCamel(name: string): string {
  const joined = name.replace(/[-_ .]+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return joined.slice(0, 1).toLowerCase() + joined.slice(1);
}

/** The name among some that is most like one, when it is near enough to be meant. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of names) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), least);
    if (distance >= least) continue;
    best = candidate;
    least = distance;
  }
  return best;
}

function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[b.length] ?? limit;
}
