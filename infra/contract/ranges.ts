import {
  type AddressRange,
  addressNumber,
  contains,
  isAddress,
  isCidr,
  overlaps,
  rangeOf,
} from "../../clusters/model/cidr";
import type { RecordedResource } from "../record/types";
import { ofType } from "./azure";
import { listAt, textAt } from "./values";

/** A range, and whose it is. */
interface Owned {
  readonly owner: string;
  readonly text: string;
  readonly range: AddressRange;
}

/**
 * (7) Address ranges are disjoint: networks from each other, subnets within theirs, and each cluster's pods and services from every network.
 * Pods and services of different clusters may be alike, since nobody outside sees them.
 */
export function rangesAreDisjoint(resources: readonly RecordedResource[]): readonly string[] {
  const vnets = ofType(resources, "network:VirtualNetwork");
  const networks = vnets.flatMap(({ name, inputs }) =>
    owned(`the network ${name}`, listAt(inputs, "addressSpace", "addressPrefixes")),
  );
  const subnets = vnets.map(({ name, inputs }) => ({
    network: owned(`the network ${name}`, listAt(inputs, "addressSpace", "addressPrefixes")),
    parts: listAt(inputs, "subnets").flatMap((subnet) =>
      owned(`its subnet ${textAt(subnet, "name")}`, [textAt(subnet, "addressPrefix")]),
    ),
    name,
  }));
  return [
    ...clashes(networks),
    ...subnets.flatMap(({ network, parts, name }) => [
      ...clashes(parts).map((text) => `${name}: ${text}`),
      ...parts
        .filter(({ range }) => !network.some((outer) => contains(outer.range, range)))
        .map(
          ({ owner, text }) =>
            `${name}: ${owner} ${text} lies outside ${network.map((outer) => outer.text).join(", ")}`,
        ),
    ]),
    ...ofType(resources, "containerservice:ManagedCluster").flatMap((cluster) => clusterRanges(cluster, networks)),
  ];
}

function clusterRanges({ name, inputs }: RecordedResource, networks: readonly Owned[]): readonly string[] {
  const services = owned(`the services of ${name}`, [textAt(inputs, "networkProfile", "serviceCidr")]);
  const inside = [...owned(`the pods of ${name}`, [textAt(inputs, "networkProfile", "podCidr")]), ...services];
  const dns = textAt(inputs, "networkProfile", "dnsServiceIP");
  const answered =
    isAddress(dns) &&
    services.some(({ range }) => addressNumber(dns) >= range.first && addressNumber(dns) <= range.last);
  return [
    ...clashes(inside),
    ...inside.flatMap((own) =>
      networks.filter((network) => overlaps(own.range, network.range)).map((network) => clash(own, network)),
    ),
    ...(answered
      ? []
      : [
          `the DNS address ${dns} of ${name} lies outside ${services.map(({ owner, text }) => `${owner} ${text}`).join()}`,
        ]),
  ];
}

function owned(owner: string, texts: readonly unknown[]): readonly Owned[] {
  return texts.flatMap((text) => (isCidr(text) ? [{ owner, text, range: rangeOf(text) }] : []));
}

function clashes(items: readonly Owned[]): readonly string[] {
  return items.flatMap((a, index) =>
    items
      .slice(index + 1)
      .filter((b) => overlaps(a.range, b.range))
      .map((b) => clash(a, b)),
  );
}

function clash(a: Owned, b: Owned): string {
  return `${a.owner} ${a.text} and ${b.owner} ${b.text} share addresses`;
}
