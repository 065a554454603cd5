import { listAt, textAt } from "../../contract/values";
import { ROLES } from "../../roles-table";
import { type ResourceRule, wrongs } from "../rule";

/** Roles that can give roles. Source: learn.microsoft.com/azure/role-based-access-control/built-in-roles. */
const GIVERS: Readonly<Record<string, string>> = {
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
  "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
  "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
};

/** Nobody can give themselves more, and nobody may change everything. */
export const leastPrivilege: ResourceRule = {
  name: "least-privilege",
  description:
    "No role that gives roles, no Contributor on more than a group of snapshots, no custom role with wildcards",
  level: "mandatory",
  checks: {
    "authorization:RoleDefinition": ({ props }) =>
      listAt(props, "permissions").flatMap((permission) =>
        wrongs([
          [...listAt(permission, "actions"), ...listAt(permission, "dataActions")].some((action) =>
            String(action).includes("*"),
          ),
          "it allows actions by a wildcard",
        ]),
      ),
    "authorization:RoleAssignment": ({ props }) =>
      assignment(textAt(props, "roleDefinitionId") ?? "", textAt(props, "scope") ?? ""),
  },
};

/** Federation is for AKS workloads with Azure's own audience only. */
export const federation: ResourceRule = {
  name: "federation",
  description: "Federated credentials name one service account and Entra ID's audience",
  level: "mandatory",
  checks: {
    "managedidentity:FederatedIdentityCredential": ({ props }) =>
      wrongs(
        [
          JSON.stringify(props["audiences"]) !== '["api://AzureADTokenExchange"]',
          "its audience is not api://AzureADTokenExchange alone",
        ],
        [
          !/^system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+$/.test(String(props["subject"])),
          "its subject is not one service account",
        ],
        [
          /:default$/.test(String(props["subject"])),
          "it trusts a default account, which every pod of the namespace may use",
        ],
      ),
  },
};

function assignment(roleDefinition: string, scope: string): readonly string[] {
  const role = roleDefinition.split("/").at(-1) ?? "";
  const giver = GIVERS[role];
  return wrongs(
    [giver !== undefined, `it gives the role ${giver}, whose holders can give roles`],
    [
      role === ROLES.Contributor && !/\/resourceGroups\/[^/]+-snapshots$/.test(scope),
      "it gives Contributor on more than a group of snapshots",
    ],
    [/^\/subscriptions\/[^/]+\/?$/.test(scope), "it holds for the whole subscription"],
  );
}
