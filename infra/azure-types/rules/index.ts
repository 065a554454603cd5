import type { AzureResource, BodyProblem, Finding } from "../model";
import { isAzure, keyOf } from "../tokens";
import { BACKUP_RULES } from "./backup";
import { CLUSTER_RULES } from "./cluster";
import { CLUSTER_NETWORK_RULES } from "./cluster-network";
import { COMMON_RULES } from "./common";
import { EXTENSION_RULES } from "./extensions";
import { FLUX_RULES } from "./flux";
import { IDENTITY_PROGRAM_RULES, IDENTITY_RULES } from "./identity";
import { MAINTENANCE_RULES } from "./maintenance";
import { MONITORING_RULES } from "./monitoring";
import { NETWORK_RULES } from "./network";
import { OPAQUE_RULES } from "./opaque";
import { POOL_RULES } from "./pools";
import { PLATFORM_PROGRAM_RULES } from "./program";
import type { ProgramRule, Rule } from "./rule";
import { RULE_GROUP_RULES } from "./rule-groups";
import { STORE_RULES } from "./stores";

/** Every rule about a resource by itself. */
export const RULES: readonly Rule[] = [
  ...COMMON_RULES,
  ...NETWORK_RULES,
  ...CLUSTER_RULES,
  ...CLUSTER_NETWORK_RULES,
  ...POOL_RULES,
  ...MAINTENANCE_RULES,
  ...IDENTITY_RULES,
  ...MONITORING_RULES,
  ...RULE_GROUP_RULES,
  ...BACKUP_RULES,
  ...EXTENSION_RULES,
  ...FLUX_RULES,
  ...STORE_RULES,
  ...OPAQUE_RULES,
];

/** Every rule about resources together. */
export const PROGRAM_RULES: readonly ProgramRule[] = [...PLATFORM_PROGRAM_RULES, ...IDENTITY_PROGRAM_RULES];

/** What the rules have against a resource by itself. */
export function checkRules(resource: AzureResource): readonly Finding[] {
  if (!isAzure(resource.type)) return [];
  const key = keyOf(resource.type);
  return RULES.filter(({ tokens }) => tokens.length === 0 || tokens.includes(key)).flatMap(({ id, check }) =>
    check(resource.inputs, resource).map((fault) => ({ check: id, ...fault })),
  );
}

/** What the rules have against resources together. */
export function checkTogether(resources: readonly AzureResource[]): readonly BodyProblem[] {
  return PROGRAM_RULES.flatMap(({ id, check }) => check(resources).map((found) => ({ check: id, ...found })));
}
