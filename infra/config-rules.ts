import type { Fleet } from "../clusters/fleet";
import type { Lookup } from "./config";
import { knowsTimeZone } from "./time-zone";

/** One thing wrong with the configuration. */
export interface ConfigProblem {
  readonly key: string;
  readonly reason: string;
  /** The command that mends it. */
  readonly fix: string;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** A budget starts on the first of a month. Source: learn.microsoft.com/rest/api/consumption/budgets, BudgetTimePeriod. */
const MONTH_START = /^20\d\d-(0[1-9]|1[0-2])-01T00:00:00Z$/;
const PUBLIC_KEY = /^(ssh-rsa|ssh-ed25519) [A-Za-z0-9+/]{40,}={0,3}( .*)?$/;
const PRIVATE_KEY = /^-----BEGIN [A-Z ]*PRIVATE KEY-----\n[\s\S]+\n-----END [A-Z ]*PRIVATE KEY-----\n?$/;
const KNOWN_HOST = /^[^\s#]+ (ssh-|ecdsa-)\S+ \S+/;
const NIL = "00000000-0000-0000-0000-000000000000";

/** A setting that is a text. */
interface TextSetting {
  readonly key: string;
  readonly pattern: RegExp;
  /** What it must be, to be read after "it is not". */
  readonly form: string;
  /** What stands behind `pulumi config set <key>` in advice. @default `<form>` */
  readonly example?: string;
  /** Why a fleet needs it. @default it may be left out */
  readonly needed?: (fleet: Fleet) => string | undefined;
}

const TEXTS: readonly TextSetting[] = [
  {
    key: "azure-native:subscriptionId",
    pattern: GUID,
    form: "a subscription id",
    needed: () => "everything is created in that subscription",
  },
  {
    key: "azure-native:tenantId",
    pattern: GUID,
    form: "a tenant id",
    needed: () => "workloads and vault trust that tenant",
  },
  {
    key: "adminGroupId",
    pattern: GUID,
    form: "the object id of an Entra group",
    needed: () => "local accounts are off, so a group must administer the clusters",
  },
  {
    key: "budgetStart",
    pattern: MONTH_START,
    form: "the first of a month in UTC",
    example: "2026-12-01T00:00:00Z",
    needed: () => "a budget needs its first month",
  },
  {
    key: "kialiOauthClientId",
    pattern: GUID,
    form: "the client id of an app registration",
    needed: (fleet) => (hasKiali(fleet) ? "Kiali signs in with it" : undefined),
  },
  {
    key: "kialiOauthPrincipalId",
    pattern: GUID,
    form: "the object id of a service principal",
    needed: (fleet) => (hasKiali(fleet) ? "Kiali's app registration reads the Monitor workspace" : undefined),
  },
  {
    key: "jumpHostSshKey",
    pattern: PUBLIC_KEY,
    form: "a public SSH key (ssh-ed25519 or ssh-rsa)",
    needed: (fleet) => (hasJumpHost(fleet) ? "the fleet has a jump host" : undefined),
  },
  {
    key: "gitSshPrivateKey",
    pattern: PRIVATE_KEY,
    form: "a private key in PEM form",
    example: "--secret < deploy_key",
  },
  { key: "gitKnownHosts", pattern: KNOWN_HOST, form: "lines of a known_hosts file" },
];

/** Settings that are only of use where Git is reached over SSH. */
const SSH_ONLY = ["gitSshPrivateKey", "gitKnownHosts"] as const;
/** Settings that must be encrypted. */
const SECRETS = ["gitSshPrivateKey"] as const;
const SWITCHES = ["protect", "purgeProtection", "backupInstances", "defenderPlan"] as const;

/** Everything wrong with the configuration of a fleet, at once; empty if it can be used. */
export function checkSettings(fleet: Fleet, lookup: Lookup): readonly ConfigProblem[] {
  return [
    ...TEXTS.flatMap((setting) => textProblems(fleet, setting, lookup(setting.key) ?? "")),
    ...SSH_ONLY.filter((key) => lookup(key) && !fleet.git.url.startsWith("ssh://")).map((key) => ({
      key,
      reason: `it is set, but ${fleet.git.url} is not pulled over SSH`,
      fix: `pulumi config rm ${key}`,
    })),
    ...SECRETS.filter((key) => lookup(key) && !lookup.isSecret(key)).map((key) => ({
      key,
      reason: "it is in clear in the stack's configuration",
      fix: `pulumi config set ${key} --secret, and consider what was there as known to others`,
    })),
    ...SWITCHES.filter((key) => !["", "true", "false"].includes(lookup(key) ?? "")).map((key) => ({
      key,
      reason: "it is neither true nor false",
      fix: `pulumi config set ${key} true`,
    })),
    ...(knowsTimeZone(fleet.timeZone) ? [] : [timeZoneProblem(fleet)]),
  ];
}

function textProblems(
  fleet: Fleet,
  { key, pattern, form, example = `<${form}>`, needed }: TextSetting,
  value: string,
): readonly ConfigProblem[] {
  const fix = `pulumi config set ${key} ${example}`;
  const why = needed?.(fleet);
  if (value === "") return why === undefined ? [] : [{ key, reason: `it is not set; ${why}`, fix }];
  return pattern.test(value) && value !== NIL ? [] : [{ key, reason: `it is not ${form}`, fix }];
}

function timeZoneProblem({ timeZone }: Fleet): ConfigProblem {
  return {
    key: "the fleet's timeZone",
    reason: `Azure's name of ${timeZone} is not known here, and maintenance windows and nights need it`,
    fix: `add ${timeZone} to infra/time-zone.ts`,
  };
}

function hasKiali(fleet: Fleet): boolean {
  return fleet.clusters.some(({ addons }) => addons.includes("kiali"));
}

function hasJumpHost(fleet: Fleet): boolean {
  return fleet.clusters.some((cluster) => cluster.network.jumpHost !== undefined);
}
