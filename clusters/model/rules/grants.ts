import type { Draft } from "../draft";
import { lacks } from "../draft";
import { KIALI_OAUTH_SECRET } from "../names";
import type { Finding } from "../problem";
import type { RoleGrant } from "../types";
import { meant, show } from "../wording";
import { identities, type Placed, placed, type Rule, repeated } from "./rule";

/** What each role is granted on. Source: learn.microsoft.com/azure/role-based-access-control/built-in-roles. */
const SCOPE: Readonly<Record<RoleGrant["role"], RoleGrant["on"]>> = {
  "DNS Zone Contributor": "dns-zone",
  "Key Vault Secrets Officer": "key-vault",
  "Key Vault Secrets User": "key-vault",
  "Monitoring Data Reader": "monitor-workspace",
};

/** What an add-on must be granted to do its work: cert-manager proves domains, External Secrets backs certificates up. */
const NEEDED: Readonly<Record<string, RoleGrant>> = {
  "cert-manager": { role: "DNS Zone Contributor", on: "dns-zone" },
  "external-secrets": { role: "Key Vault Secrets Officer", on: "key-vault" },
  kiali: { role: "Key Vault Secrets User", on: "key-vault", secret: KIALI_OAUTH_SECRET },
};

function grants(fleet: Parameters<Rule>[0]): readonly Placed<Draft<RoleGrant>>[] {
  return identities(fleet).flatMap(({ value, at }) => placed(value.roles, [...at, "roles"]));
}

/** A role is granted on what it is about. */
const rolesFitTheirScope: Rule = (fleet) =>
  grants(fleet).flatMap(({ value: { role, on }, at }) => {
    if (!role || !on || SCOPE[role] === on) return [];
    const reason = `${show(on)} is not what ${role} is about`;
    return [{ at: [...at, "on"], reason, fix: `write ${show(SCOPE[role])}, or choose another role` }];
  });

/** A secret that a grant is narrowed to is one that is declared, and in Key Vault. */
const grantedSecretsAreDeclared: Rule = (fleet) => {
  const declared = fleet.keyVault?.secrets;
  const known = (declared ?? []).filter((name) => name !== undefined);
  return grants(fleet).flatMap(({ value: { on, secret }, at }): readonly Finding[] => {
    if (secret === undefined) return [];
    const place = [...at, "secret"];
    if (on !== undefined && on !== "key-vault") {
      return [
        {
          at: place,
          reason: `narrows a grant on ${on}, which has no secrets`,
          fix: 'remove it, or set on to "key-vault"',
        },
      ];
    }
    if (!lacks(declared, secret)) return [];
    const guess = meant(secret, known);
    const declare = `declare it in keyVault.secrets${known.length ? `, which has ${known.join(", ")}` : ""}`;
    const fix = guess ? `did you mean ${show(guess)}? Otherwise ${declare}` : declare;
    return [{ at: place, reason: `${show(secret)} is not a declared secret of the Key Vault`, fix }];
  });
};

/** Azure refuses one role twice for one identity on one thing (RoleAssignmentExists). */
const grantsDiffer: Rule = (fleet) =>
  identities(fleet).flatMap(({ value, at }) => {
    const whole = placed(value.roles, [...at, "roles"]).filter((grant) => grant.value.role && grant.value.on);
    return repeated(whole, (grant) => `${grant.value.role}/${grant.value.on}/${grant.value.secret ?? ""}`).map(
      ({ item }) => ({
        at: item.at,
        reason: `${item.value.role} on ${item.value.on} is granted already`,
        fix: "remove one of the two",
      }),
    );
  });

/** An add-on's identity may do what the add-on does. Sources: cert-manager.io/docs, azuredns; external-secrets.io, azure-key-vault. */
const addonsMayDoTheirWork: Rule = (fleet) =>
  identities(fleet).flatMap(({ value, at }) => {
    const need = value.component && Object.hasOwn(NEEDED, value.component) ? NEEDED[value.component] : undefined;
    if (!need || !value.roles || value.roles.includes(undefined)) return [];
    const granted = placed(value.roles, []).some(({ value: grant }) => covers(grant, need));
    if (granted) return [];
    const narrowed = need.secret ? `, secret: ${show(need.secret)}` : "";
    return [
      {
        at: [...at, "roles"],
        reason: `lacks ${need.role} on ${need.on}${need.secret ? ` for ${need.secret}` : ""}, without which ${value.component} cannot work`,
        fix: `add { role: ${show(need.role)}, on: ${show(need.on)}${narrowed} }`,
      },
    ];
  });

/** Whether a grant allows what is needed; a malformed part of it is taken to. */
function covers(grant: Draft<RoleGrant>, need: RoleGrant): boolean {
  const officer = need.role === "Key Vault Secrets User" && grant.role === "Key Vault Secrets Officer";
  const role = grant.role === undefined || grant.role === need.role || officer;
  return (
    role &&
    (grant.on === undefined || grant.on === need.on) &&
    (grant.secret === undefined || grant.secret === need.secret)
  );
}

/** Rules about what identities may do. */
export const grantRules: readonly Rule[] = [
  rolesFitTheirScope,
  grantedSecretsAreDeclared,
  grantsDiffer,
  addonsMayDoTheirWork,
];
