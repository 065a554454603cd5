import { accepts, reports } from "../support";

const ingress = "clusters[1] (app1).mesh.ingress";
const app1 = (domain: string, hosts: object) => ({
  "clusters.1.mesh.ingress": { domain, hosts: { kiali: `kiali.${domain}`, ...hosts } },
});

describe("a way in is refused", () => {
  reports([
    [
      "a domain outside the DNS zone",
      app1("example.org", {}),
      `${ingress}.domain`,
      '"example.org" is not in the DNS zone example.com',
      '"example.com" or a name below it',
    ],
    [
      "a domain that only ends alike",
      app1("badexample.com", {}),
      `${ingress}.domain`,
      "not in the DNS zone",
      "below it",
    ],
    [
      "a hostname outside the DNS zone",
      { "clusters.1.mesh.ingress.hosts.storefront": "shop.example.org" },
      `${ingress}.hosts.storefront`,
      '"shop.example.org" is not in the DNS zone example.com',
      '"storefront.example.com"',
    ],
    [
      "a hostname two labels below",
      { "clusters.1.mesh.ingress.hosts.storefront": "shop.eu.example.com" },
      `${ingress}.hosts.storefront`,
      "the certificate for *.example.com does not cover it",
      "one label",
    ],
    [
      "the domain itself as hostname",
      { "clusters.1.mesh.ingress.hosts.storefront": "example.com" },
      `${ingress}.hosts.storefront`,
      "not one label below",
      '"storefront.example.com"',
    ],
    [
      "a hostname in the zone but not below the ingress domain",
      app1("apps.example.com", { storefront: "shop.example.com" }),
      `${ingress}.hosts.storefront`,
      "not one label below apps.example.com",
      '"storefront.apps.example.com"',
    ],
    [
      "a hostname twice in the fleet",
      { "clusters.1.mesh.ingress.hosts.storefront": "kiali-mgmt.example.com" },
      `${ingress}.hosts.storefront`,
      "already the hostname of kiali on mgmt",
      "its own",
    ],
    [
      "a wildcard as hostname",
      { "clusters.1.mesh.ingress.hosts.storefront": "*.example.com" },
      `${ingress}.hosts.storefront`,
      "is not a hostname",
      '"storefront.example.com"',
    ],
    [
      "a hostname in capitals",
      { "clusters.1.mesh.ingress.hosts.storefront": "Shop.example.com" },
      `${ingress}.hosts.storefront`,
      "is not a hostname",
      "lower-case",
    ],
    [
      "a hostname that is no text",
      { "clusters.1.mesh.ingress.hosts.storefront": 7 },
      `${ingress}.hosts.storefront`,
      "is 7, not text",
      "shop.example.com",
    ],
  ]);
});

describe("a way in is accepted", () => {
  accepts([
    ["a domain below the zone", app1("apps.example.com", { storefront: "shop.apps.example.com" })],
    ["a gateway for Kiali alone", app1("example.com", {})],
  ]);
});
