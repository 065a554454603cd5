import type { Finding } from "../problem";
import { show } from "../wording";
import { isHostname } from "./hostname";
import { called, clusters, type Placed, type Rule, repeated } from "./rule";

interface Host extends Placed<string> {
  readonly answers: string;
  readonly cluster: string;
  readonly domain: string | undefined;
}

function hosts(fleet: Parameters<Rule>[0]): readonly Host[] {
  return clusters(fleet).flatMap((cluster) => {
    const ingress = cluster.value.mesh?.ingress;
    const at = [...cluster.at, "mesh", "ingress", "hosts"];
    return Object.entries(ingress?.hosts ?? {}).flatMap(([answers, value]) =>
      value === undefined
        ? []
        : [{ value, at: [...at, answers], answers, cluster: called(cluster), domain: ingress?.domain }],
    );
  });
}

function within(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}

/** The ingress domain is in the fleet's DNS zone: cert-manager proves it there, and clients look it up there. */
const ingressDomainIsInZone: Rule = (fleet) =>
  clusters(fleet).flatMap(({ value, at }) => {
    const domain = value.mesh?.ingress?.domain;
    if (domain === undefined || fleet.domain === undefined || !isHostname(fleet.domain)) return [];
    if (isHostname(domain) && within(domain, fleet.domain)) return [];
    return [
      {
        at: [...at, "mesh", "ingress", "domain"],
        reason: `${show(domain)} is not in the DNS zone ${fleet.domain}, where its certificate is proven`,
        fix: `write ${show(fleet.domain)} or a name below it`,
      },
    ];
  });

/** A hostname is one label below the ingress domain, as the wildcard certificate covers no other. Source: RFC 6125, 6.4.3. */
const hostsAreCovered: Rule = (fleet) =>
  hosts(fleet).flatMap(({ value, at, answers, domain }): readonly Finding[] => {
    if (!isHostname(value)) {
      const fix = `write lower-case letters, digits and dashes, for example ${show(example(answers, domain))}`;
      return [{ at, reason: `${show(value)} is not a hostname`, fix }];
    }
    if (domain === undefined || !isHostname(domain)) return [];
    const [label = ""] = value.split(".");
    if (value === `${label}.${domain}`) return [];
    const zone = fleet.domain;
    const reason =
      zone !== undefined && isHostname(zone) && !within(value, zone)
        ? `${show(value)} is not in the DNS zone ${zone}`
        : `${show(value)} is not one label below ${domain}, so the certificate for *.${domain} does not cover it`;
    return [{ at, reason, fix: `write one label and .${domain}, for example ${show(example(answers, domain))}` }];
  });

/** One hostname has one address, so one cluster and one thing there answers to it. */
const hostsDiffer: Rule = (fleet) =>
  repeated(hosts(fleet), ({ value }) => value.toLowerCase()).map(({ item, earlier }) => ({
    at: item.at,
    reason: `${show(item.value)} is already the hostname of ${earlier.answers} on ${earlier.cluster}`,
    fix: "give each a hostname of its own",
  }));

function example(answers: string, domain: string | undefined): string {
  const label = answers
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `${label || "app"}.${domain && isHostname(domain) ? domain : "example.com"}`;
}

/** Rules about the ways in. */
export const ingressRules: readonly Rule[] = [ingressDomainIsInZone, hostsAreCovered, hostsDiffer];
