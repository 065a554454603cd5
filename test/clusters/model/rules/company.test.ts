import { accepts, problems, reports } from "../support";

const everywhere = (domain: string) => ({
  domain,
  "clusters.0.mesh.ingress": { domain, hosts: { kiali: `kiali-mgmt.${domain}` } },
  "clusters.1.mesh.ingress": { domain, hosts: { kiali: `kiali-app1.${domain}` } },
});

describe("what the fleet says of its owner is refused", () => {
  reports([
    ["no domain but a word", { domain: "example" }, "domain", '"example" is not a domain name', '"example.com"'],
    ["a domain with a dot last", { domain: "example.com." }, "domain", "not a domain name", '"example.com"'],
    ["a domain with an empty label", { domain: "example..com" }, "domain", "not a domain name", '"example.com"'],
    ["a domain in capitals", { domain: "Example.com" }, "domain", "not a domain name", "lower-case"],
    ["an address as domain", { domain: "10.0.0.1" }, "domain", "not a domain name", '"example.com"'],
    ["mail to nowhere", { email: "platform" }, "email", '"platform" is not a mail address', "platform@example.com"],
    ["mail with a name", { email: "Us <us@example.com>" }, "email", "not a mail address", "without a name"],
    ["a budget of nothing", { "budget.monthlyUsd": 0 }, "budget.monthlyUsd", "0 is not an amount", "100"],
    [
      "a budget in words",
      { "budget.monthlyUsd": "100" },
      "budget.monthlyUsd",
      'is "100", not a number',
      "without quotes",
    ],
    ["no clusters", { clusters: [], identities: [], "keyVault.secrets": [] }, "clusters", "is empty", "demo.ts"],
    ["clusters by name", { clusters: {}, identities: [], "keyVault.secrets": [] }, "clusters", "not a list", "[ ]"],
  ]);
});

test("a label of 64 letters is refused", () => {
  expect(problems({ domain: `${"a".repeat(64)}.com` })).toHaveLength(1);
});

describe("what the fleet says of its owner is accepted", () => {
  accepts([
    ["a zone below another", everywhere("k8s.example.co.kr")],
    ["a tag in the mail address", { email: "platform+alerts@mail.example.com" }],
  ]);
});
