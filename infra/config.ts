import * as pulumi from "@pulumi/pulumi";
import type { Fleet } from "../clusters/fleet";
import { checkSettings } from "./config-rules";

/** What people decide outside the fleet's description: identities, keys, switches. */
export interface Settings {
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** Entra group that administers clusters, jump host and secrets. */
  readonly adminGroupId: string;
  /** First day of the budget's first month. */
  readonly budgetStart: string;
  /** App registration by which Kiali reads Prometheus. */
  readonly kialiOauthClientId?: string;
  /** Object id of that registration's service principal. */
  readonly kialiOauthPrincipalId?: string;
  /** Public key of the jump host's administrator. */
  readonly jumpHostSshKey?: string;
  /** Private deploy key. @default Flux makes a key pair */
  readonly gitSshPrivateKey?: pulumi.Output<string>;
  /** Host keys of the Git server. */
  readonly gitKnownHosts?: string;
  readonly protect: boolean;
  readonly purgeProtection: boolean;
  readonly backupInstances: boolean;
  readonly defenderPlan: boolean;
}

/** Where settings come from. Keys of this project have no namespace, others have. */
export interface Lookup {
  /** The value of a key, if it is set. */
  (key: string): string | undefined;
  /** Whether a key's value is encrypted in the stack's configuration. */
  readonly isSecret: (key: string) => boolean;
}

/** Name of the preset to provision. */
export function presetName(lookup: Lookup = stackLookup): string {
  return lookup("preset") || "default";
}

/** The stack's settings. Throws one error with every problem, before anything is asked of Azure. */
export function readSettings(fleet: Fleet, lookup: Lookup = stackLookup): Settings {
  const problems = checkSettings(fleet, lookup);
  if (problems.length > 0) {
    const list = problems.map(({ key, reason, fix }) => `  ${key}: ${reason}\n    fix: ${fix}`);
    throw new pulumi.RunError([`the stack's configuration has ${count(problems.length)}`, ...list].join("\n\n"));
  }
  const switched = (key: string, fallback: boolean) => (lookup(key) ? lookup(key) === "true" : fallback);
  const privateKey = lookup("gitSshPrivateKey");
  return {
    subscriptionId: lookup("azure-native:subscriptionId") ?? "",
    tenantId: lookup("azure-native:tenantId") ?? "",
    adminGroupId: lookup("adminGroupId") ?? "",
    budgetStart: lookup("budgetStart") ?? "",
    kialiOauthClientId: lookup("kialiOauthClientId") || undefined,
    kialiOauthPrincipalId: lookup("kialiOauthPrincipalId") || undefined,
    jumpHostSshKey: lookup("jumpHostSshKey") || undefined,
    // The command line cuts the last line break off, without which SSH cannot read the key.
    gitSshPrivateKey: privateKey ? pulumi.secret(`${privateKey.trimEnd()}\n`) : undefined,
    gitKnownHosts: lookup("gitKnownHosts") || undefined,
    protect: switched("protect", true),
    purgeProtection: switched("purgeProtection", true),
    backupInstances: switched("backupInstances", true),
    defenderPlan: switched("defenderPlan", false),
  };
}

/** What of the SDK knows the running stack's configuration; that it can tell secrets apart is missing from its types. */
const stack: {
  readonly getConfig: (key: string) => string | undefined;
  readonly isConfigSecret?: (key: string) => boolean;
} = pulumi.runtime;

/** Looks keys up in the configuration of the running stack. */
export const stackLookup: Lookup = Object.assign((key: string) => stack.getConfig(fullKey(key)), {
  isSecret: (key: string) => stack.isConfigSecret?.(fullKey(key)) ?? true,
});

function fullKey(key: string): string {
  return key.includes(":") ? key : `${pulumi.getProject()}:${key}`;
}

function count(problems: number): string {
  return problems === 1 ? "1 problem" : `${problems} problems`;
}
