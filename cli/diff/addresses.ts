import ipaddr from "ipaddr.js";

/** Addresses of the second list that no range of the first holds; what is no address at all counts where it is new. */
export function addressesWiden(before: readonly string[], after: readonly string[]): readonly string[] {
  const ranges = before.map(rangeOf);
  return after.filter((text) => {
    if (before.includes(text)) return false;
    const range = rangeOf(text);
    return range === undefined || !ranges.some((wide) => wide !== undefined && holds(wide, range));
  });
}

type Range = readonly [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

function rangeOf(text: string): Range | undefined {
  try {
    return text.includes("/") ? ipaddr.parseCIDR(text) : single(ipaddr.parse(text));
  } catch {
    return undefined;
  }
}

function single(address: ipaddr.IPv4 | ipaddr.IPv6): Range {
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

function holds([address, bits]: Range, [other, otherBits]: Range): boolean {
  return address.kind() === other.kind() && otherBits >= bits && other.match(address, bits);
}
