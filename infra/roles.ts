import { PrincipalType, RoleAssignment } from "@pulumi/azure-native/authorization";
import type * as pulumi from "@pulumi/pulumi";
import type { Context } from "./context";
import { ROLES, type RoleName } from "./roles-table";

/** One grant: who may do what, and where. */
export interface Grant {
  /** Logical name, unique in the stack. */
  readonly name: string;
  readonly role: RoleName;
  readonly principalId: pulumi.Input<string>;
  /** What the principal is. @default ServicePrincipal, which managed identities are */
  readonly principalType?: PrincipalType;
  readonly scope: pulumi.Input<string>;
  /** Why, as Azure shows it. */
  readonly because: string;
}

/** The full id of a role definition. */
export function roleDefinitionId(subscriptionId: string, role: string): string {
  return `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
}

/**
 * Grants a role. The principal's type is always given: without it Azure looks the principal up, and a new one may not have
 * reached every replica of the directory. Source: learn.microsoft.com/azure/role-based-access-control/role-assignments-template.
 */
export function grant(
  { settings }: Context,
  { name, role, because, ...rest }: Grant,
  options: pulumi.CustomResourceOptions = {},
): RoleAssignment {
  return new RoleAssignment(
    name,
    {
      roleDefinitionId: roleDefinitionId(settings.subscriptionId, ROLES[role]),
      description: because,
      principalId: rest.principalId,
      principalType: rest.principalType ?? PrincipalType.ServicePrincipal,
      scope: rest.scope,
    },
    options,
  );
}
