import { accepts, reports } from "../support";

const roles = "identities[4] (ledger).roles";
const user = { role: "Key Vault Secrets User", on: "key-vault", secret: "ledger-database-password" };
const granted = (...more: object[]) => ({ "identities.4.roles": [user, ...more] });

describe("a grant is refused", () => {
  reports([
    [
      "a role on something else",
      granted({ role: "DNS Zone Contributor", on: "key-vault" }),
      `${roles}[1].on`,
      '"key-vault" is not what DNS Zone Contributor is about',
      '"dns-zone"',
    ],
    [
      "a role that is none",
      granted({ role: "Owner", on: "key-vault" }),
      `${roles}[1].role`,
      '"Owner", which is not accepted',
      '"DNS Zone Contributor"',
    ],
    [
      "a secret that is not declared",
      granted({ ...user, secret: "ledger-database-pasword" }),
      `${roles}[1].secret`,
      "not a declared secret",
      'did you mean "ledger-database-password"?',
    ],
    [
      "a secret of a DNS zone",
      granted({ role: "DNS Zone Contributor", on: "dns-zone", secret: "ledger-database-password" }),
      `${roles}[1].secret`,
      "narrows a grant on dns-zone",
      "remove it",
    ],
    ["a grant twice", granted(user), `${roles}[1]`, "granted already", "remove"],
    [
      "cert-manager that cannot prove a domain",
      { "identities.0.roles": [] },
      "identities[0] (cert-manager).roles",
      "lacks DNS Zone Contributor on dns-zone",
      'add { role: "DNS Zone Contributor", on: "dns-zone" }',
    ],
    [
      "External Secrets that cannot write",
      { "identities.1.roles": [{ role: "Key Vault Secrets User", on: "key-vault" }] },
      "identities[1] (external-secrets).roles",
      "lacks Key Vault Secrets Officer",
      "Key Vault Secrets Officer",
    ],
    [
      "Kiali that cannot read its secret",
      {
        "identities.2.roles.0.secret": "storefront-session-key",
        "identities.4.roles.1": { role: user.role, on: user.on },
      },
      "identities[2] (kiali).roles",
      "lacks Key Vault Secrets User on key-vault for kiali-oauth-client-secret",
      'secret: "kiali-oauth-client-secret"',
    ],
    [
      "a grant with another property",
      { "identities.4.roles": [{ ...user, scope: "x" }] },
      `${roles}[0].scope`,
      "not a property",
      "remove",
    ],
  ]);
});

describe("a grant is accepted", () => {
  accepts([
    ["two roles", granted({ role: "Monitoring Data Reader", on: "monitor-workspace" })],
    ["Kiali as an officer", { "identities.2.roles.0.role": "Key Vault Secrets Officer" }],
    [
      "a workload without roles",
      {
        "identities.5": {
          name: "b",
          component: "workloads",
          clusters: ["app2"],
          namespace: "ledger",
          serviceAccount: "b",
          roles: [],
        },
      },
    ],
  ]);
});
