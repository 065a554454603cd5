import { accepts, demo, fleet, problems, reports } from "../support";

const { secrets } = fleet.keyVault;

describe("a vault or registry is refused", () => {
  reports([
    ["a vault that starts with a digit", { "keyVault.name": "7f3a" }, "keyVault.name", "refused by Azure", "kv-k8s"],
    ["a vault with two dashes", { "keyVault.name": "kv--demo" }, "keyVault.name", "single dashes", "kv-k8s-demo"],
    ["a vault with a dash last", { "keyVault.name": "kv-demo-" }, "keyVault.name", "no dash last", "kv-k8s-demo"],
    ["a vault of 25 letters", { "keyVault.name": "k".repeat(25) }, "keyVault.name", "3 to 24", "kv-k8s-demo"],
    ["a vault of two letters", { "keyVault.name": "kv" }, "keyVault.name", "3 to 24", "kv-k8s-demo"],
    [
      "a secret declared twice",
      { "keyVault.secrets": [...secrets, secrets[0]] },
      "keyVault.secrets[3]",
      "declared already",
      "remove",
    ],
    [
      "a secret that nobody may read",
      { "keyVault.secrets": [...secrets, "old-password"] },
      "keyVault.secrets[3]",
      '"old-password" is a secret that no identity is granted to read',
      'secret: "old-password"',
    ],
    [
      "Kiali without its secret",
      { "keyVault.secrets": secrets.slice(1), "identities.2.roles.0.secret": undefined },
      "keyVault.secrets",
      'lacks "kiali-oauth-client-secret", with which Kiali on mgmt signs in',
      "add",
    ],
    ["a registry with a dash", { "registry.name": "acr-demo" }, "registry.name", "letters and digits", '"acrdemo"'],
    ["a registry of four letters", { "registry.name": "acrd" }, "registry.name", "5 to 50", "acrk8sdemo7f3a"],
    [
      "a registry without a private endpoint",
      { "registry.sku": "Basic" },
      "registry.sku",
      '"Basic" has no private endpoint',
      '"Premium"',
    ],
  ]);
});

test("a secret's name that Key Vault refuses is refused, and granted nowhere", () => {
  expect(problems({ "keyVault.secrets": [...secrets, "tls.crt"] })).toEqual([
    expect.stringMatching(/^keyVault.secrets\[3\] "tls.crt" is refused by Key Vault/),
    expect.stringMatching(/^keyVault.secrets\[3\] "tls.crt" is a secret that no identity/),
  ]);
});

test("secrets that differ in case only are one to Key Vault", () => {
  const changes = { "keyVault.secrets": [...secrets, "Ledger-Database-Password"] };
  expect(problems(changes)[0]).toContain('as "ledger-database-password", which Key Vault takes for the same');
});

test("a secret where a certificate is backed up is refused", () => {
  const changes = { "keyVault.secrets": [...secrets, "app1-ingress-tls"] };
  expect(problems(changes)).toContain(
    'keyVault.secrets[3] "app1-ingress-tls" is where the ingress certificate of app1 is backed up',
  );
});

describe("a vault or registry is accepted", () => {
  accepts([
    ["a vault of 24 letters", { "keyVault.name": `k${"v".repeat(23)}` }],
    ["a vault in capitals", { "keyVault.name": "KV-Demo-1" }],
    ["a basic registry in public", { "registry.sku": "Basic" }, demo],
    [
      "a reader of the whole vault",
      { "keyVault.secrets": [...secrets, "other"], "identities.4.roles.0.secret": undefined },
    ],
  ]);
});
