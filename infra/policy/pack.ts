import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { ResourceRule, StackRule, Subject } from "./rule";
import { noLocalAccounts, noPublicAccess, rolesOnly } from "./rules/access";
import { encryption, explicitEgress, purgeProtection, tags } from "./rules/hygiene";
import { federation, leastPrivilege } from "./rules/identity";
import { audit, budgetExists, dataIsProtected, systemPoolsAreRegular, zones } from "./rules/resilience";

/** The rules for each resource. */
export const RESOURCE_RULES: readonly ResourceRule[] = [
  noPublicAccess,
  rolesOnly,
  noLocalAccounts,
  leastPrivilege,
  federation,
  tags,
  encryption,
  explicitEgress,
  purgeProtection,
  dataIsProtected,
  systemPoolsAreRegular,
];

/** The rules for all resources together. */
export const STACK_RULES: readonly StackRule[] = [zones, audit, budgetExists];

/** The rules as Pulumi's policies. */
export const POLICIES: readonly (ResourceValidationPolicy | StackValidationPolicy)[] = [
  ...RESOURCE_RULES.map(resourcePolicy),
  ...STACK_RULES.map(stackPolicy),
];

function resourcePolicy({ name, description, level, checks }: ResourceRule): ResourceValidationPolicy {
  return {
    name,
    description,
    enforcementLevel: level,
    validateResource: (args, report) => {
      const check = checks[shortType(args.type)];
      for (const message of check?.(subjectOf(args)) ?? []) report(message);
    },
  };
}

function stackPolicy({ name, description, level, checkAll }: StackRule): StackValidationPolicy {
  return {
    name,
    description,
    enforcementLevel: level,
    validateStack: ({ resources }, report) => {
      for (const { about, message } of checkAll(resources.map(subjectOf))) report(message, about?.urn);
    },
  };
}

function subjectOf(given: ResourceValidationArgs | PolicyResource): Subject {
  const refersTo = "propertyDependencies" in given ? Object.entries(given.propertyDependencies) : [];
  return {
    type: shortType(given.type),
    name: given.name,
    urn: given.urn,
    props: given.props,
    protect: given.opts.protect,
    refersTo: Object.fromEntries(refersTo.map(([property, resources]) => [property, resources.map(({ urn }) => urn)])),
  };
}

function shortType(type: string): string {
  return type.replace(/^azure-native:/, "");
}
