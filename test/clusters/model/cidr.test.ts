import fc from "fast-check";
import type { Cidr } from "../../../clusters/model";
import {
  addressNumber,
  addressText,
  cidrText,
  contains,
  isAddress,
  isCidr,
  overlapFinder,
  overlaps,
  overlapsAmong,
  rangeOf,
  sizeOf,
} from "../../../clusters/model/cidr";

/** Ranges of a small part of the address space, so that overlaps are frequent and a list of all addresses is short. */
const cidr = fc
  .tuple(fc.integer({ min: 0, max: 511 }), fc.integer({ min: 24, max: 32 }))
  .map(([offset, prefix]) => `10.0.${Math.floor(offset / 256)}.${offset % 256}/${prefix}` as Cidr);

/** Every address of a range, by the definition: those that agree with it in the first bits. */
function addressesOf(text: Cidr): ReadonlySet<string> {
  const [address = "", prefix = ""] = text.split("/");
  const bits = (value: string) =>
    value
      .split(".")
      .map((octet) => Number(octet).toString(2).padStart(8, "0"))
      .join("")
      .slice(0, Number(prefix));
  const found = new Set<string>();
  for (let number = 0; number < 1024; number++) {
    const candidate = `10.0.${Math.floor(number / 256)}.${number % 256}`;
    if (bits(candidate) === bits(address)) found.add(candidate);
  }
  return found;
}

test.each(["10.1.0.0/16", "0.0.0.0/0", "255.255.255.255/32"])("%s is a range", (text) => {
  expect(isCidr(text)).toBe(true);
});

test.each([
  "10.1.0.0",
  "10.1.0/16",
  "10.1.0.0/33",
  "10.1.0.256/24",
  "010.1.0.0/16",
  "10.1.0.0/016",
  " 10.1.0.0/16",
  "10.1.0.0/16\n",
  "::/0",
  "0x0a.1.0.0/16",
  "",
  5,
  null,
])("%p is no range", (value) => {
  expect(isCidr(value)).toBe(false);
});

test("an address is four numbers", () => {
  expect(["10.0.0.1", "10.0.0", "10.0.0.1/32", "::1", 5].map(isAddress)).toEqual([true, false, false, false, false]);
});

test("an address and its number stand for each other", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (n) => addressNumber(addressText(n)) === n));
});

test("a range ends where it should, above the sign bit too", () => {
  expect(rangeOf("192.168.3.7/16")).toEqual({ first: 3232235520, last: 3232301055, prefix: 16 });
  expect(cidrText(rangeOf("192.168.3.7/16"))).toBe("192.168.0.0/16");
  expect(sizeOf(rangeOf("0.0.0.0/0"))).toBe(2 ** 32);
});

test("overlaps and contains agree with sets of addresses", () => {
  fc.assert(
    fc.property(cidr, cidr, (a, b) => {
      const [ofA, ofB] = [addressesOf(a), addressesOf(b)];
      expect(overlaps(rangeOf(a), rangeOf(b))).toBe([...ofA].some((address) => ofB.has(address)));
      expect(contains(rangeOf(a), rangeOf(b))).toBe([...ofB].every((address) => ofA.has(address)));
    }),
    { numRuns: 50 },
  );
});

const ranged = fc.array(cidr, { maxLength: 12 }).map((list) => list.map((text) => ({ text, range: rangeOf(text) })));

test("overlapsAmong finds a pair for each item that overlaps an earlier-starting one, and only such pairs", () => {
  fc.assert(
    fc.property(ranged, (items) => {
      const pairs = overlapsAmong(items);
      const any = items.some((a, i) => items.some((b, j) => i < j && overlaps(a.range, b.range)));
      expect(pairs.length > 0).toBe(any);
      for (const [a, b] of pairs) expect(a !== b && overlaps(a.range, b.range)).toBe(true);
      expect(new Set(pairs.map(([, b]) => b)).size).toBe(pairs.length);
      const rest = items.filter((item) => !pairs.some(([, b]) => b === item));
      expect(overlapsAmong(rest)).toEqual([]);
    }),
  );
});

test("overlapFinder finds an item that overlaps whenever there is one", () => {
  fc.assert(
    fc.property(ranged, cidr, (items, text) => {
      const found = overlapFinder(items)(rangeOf(text));
      expect(found !== undefined).toBe(items.some(({ range }) => overlaps(range, rangeOf(text))));
      if (found) expect(overlaps(found.range, rangeOf(text))).toBe(true);
    }),
  );
});
