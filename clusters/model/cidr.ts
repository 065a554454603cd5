import { IPv4 } from "ipaddr.js";
import type { Cidr } from "./types";

/** The addresses of an IPv4 range as numbers, first and last included. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** Whether a value is an IPv4 range in CIDR notation, without octal or shortened forms. */
export function isCidr(value: unknown): value is Cidr {
  return typeof value === "string" && IPv4.isValidCIDRFourPartDecimal(value) && !/\/0[0-9]/.test(value);
}

/** Whether a value is an IPv4 address in dotted decimal notation. */
export function isAddress(value: unknown): value is string {
  return typeof value === "string" && IPv4.isValidFourPartDecimal(value);
}

/** An IPv4 address as a number. */
export function addressNumber(address: string): number {
  return IPv4.parse(address).octets.reduce((number, octet) => number * 256 + octet, 0);
}

/** A number as an IPv4 address. */
export function addressText(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}

/** The range that a CIDR stands for; bits below the prefix do not count. */
export function rangeOf(cidr: Cidr): AddressRange {
  const [address, prefixText] = cidr.split("/") as [string, string];
  const prefix = Number(prefixText);
  const size = 2 ** (32 - prefix);
  const number = addressNumber(address);
  const first = number - (number % size);
  return { first, last: first + size - 1, prefix };
}

/** A range in CIDR notation. */
export function cidrText(range: Pick<AddressRange, "first" | "prefix">): Cidr {
  return `${addressText(range.first)}/${range.prefix}` as Cidr;
}

/** How many addresses a range has. */
export function sizeOf(range: AddressRange): number {
  return range.last - range.first + 1;
}

/** Whether two ranges share an address. */
export function overlaps(a: AddressRange, b: AddressRange): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Whether every address of `inner` is in `outer`. */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** An item with the range it takes. */
export interface Ranged {
  readonly range: AddressRange;
}

/**
 * Pairs of items that overlap, each item at most once as the second of a pair; no pair if and only if all are apart.
 * Sorts first, so that a thousand networks take no million comparisons.
 */
export function overlapsAmong<T extends Ranged>(items: readonly T[]): readonly (readonly [T, T])[] {
  const pairs: [T, T][] = [];
  let widest: T | undefined;
  for (const item of byFirst(items)) {
    if (widest && overlaps(widest.range, item.range)) pairs.push([widest, item]);
    if (!widest || item.range.last > widest.range.last) widest = item;
  }
  return pairs;
}

/** A function that finds an item which overlaps a range, in logarithmic time. */
export function overlapFinder<T extends Ranged>(items: readonly T[]): (range: AddressRange) => T | undefined {
  const sorted = byFirst(items);
  const widest: T[] = [];
  for (const item of sorted) {
    const before = widest.at(-1);
    widest.push(before && before.range.last >= item.range.last ? before : item);
  }
  return (range) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] as T).range.first <= range.last) low = middle + 1;
      else high = middle;
    }
    const candidate = widest[low - 1];
    return candidate && overlaps(candidate.range, range) ? candidate : undefined;
  };
}

function byFirst<T extends Ranged>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => a.range.first - b.range.first);
}
