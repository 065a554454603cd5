import { at, lacks, list, text } from "./read";
import { about, type Fault, faultIf, type Inputs, ofType, type ProgramRule, type Rule } from "./rule";

const FEDERATION = "learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations";
const FIC = ["managedidentity:FederatedIdentityCredential"];
const GUID = "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}";
const ROLE = new RegExp(`^(/subscriptions/${GUID})?/providers/Microsoft\\.Authorization/roleDefinitions/${GUID}$`, "i");
const AUDIENCE = "api://AzureADTokenExchange";

/** Rules about identities and their rights. */
export const IDENTITY_RULES: readonly Rule[] = [
  {
    id: "federation-audience",
    source: "learn.microsoft.com/azure/aks/workload-identity-overview; AADSTS700212",
    tokens: FIC,
    check: audience,
  },
  {
    id: "federation-subject",
    source: `${FEDERATION}: subject; learn.microsoft.com/azure/aks/workload-identity-deploy-cluster`,
    tokens: FIC,
    check: subject,
  },
  { id: "federation-issuer", source: `${FEDERATION}: issuer`, tokens: FIC, check: issuer },
  {
    id: "role-principal-type",
    source:
      "learn.microsoft.com/azure/role-based-access-control/role-assignments-template#new-service-principal; learn.microsoft.com/azure/aks/node-auto-provisioning-custom-vnet",
    tokens: ["authorization:RoleAssignment"],
    check: (inputs) =>
      faultIf(
        lacks(inputs, "principalType") ||
          !["ServicePrincipal", "Group", undefined].includes(text(inputs, "principalType")),
        "principalType",
        "does not say what the principal is; Azure then looks for it in the directory, where a new identity has not arrived yet",
        "write ServicePrincipal for an identity, Group for people",
      ),
  },
  {
    id: "role-definition-id",
    source: "learn.microsoft.com/rest/api/authorization/role-assignments/create: roleDefinitionId",
    tokens: ["authorization:RoleAssignment"],
    check: (inputs) => {
      const id = text(inputs, "roleDefinitionId");
      const fix = "write /subscriptions/<id>/providers/Microsoft.Authorization/roleDefinitions/<id>";
      return faultIf(id !== undefined && !ROLE.test(id), "roleDefinitionId", `is ${id}`, fix);
    },
  },
  {
    id: "role-assignment-name",
    source: "learn.microsoft.com/azure/role-based-access-control/role-assignments#name",
    tokens: ["authorization:RoleAssignment"],
    check: (inputs) => {
      const name = text(inputs, "roleAssignmentName");
      const wrong = name !== undefined && !new RegExp(`^${GUID}$`).test(name);
      return faultIf(wrong, "roleAssignmentName", `is ${name}`, "leave it out, or write a GUID");
    },
  },
];

function audience(inputs: Inputs): readonly Fault[] {
  const given = at(inputs, "audiences");
  const known = list(inputs, "audiences").every((one) => at(one) !== undefined);
  const wrong = Array.isArray(given) && known && (given.length !== 1 || given[0] !== AUDIENCE);
  return faultIf(wrong, "audiences", `is ${JSON.stringify(given)}`, `write exactly ["${AUDIENCE}"]`);
}

const LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
const SUBJECT = new RegExp(`^system:serviceaccount:${LABEL}:${LABEL}(\\.${LABEL})*$`);

function subject(inputs: Inputs): readonly Fault[] {
  const given = text(inputs, "subject");
  const wrong = given !== undefined && !SUBJECT.test(given);
  return faultIf(wrong, "subject", `is ${given}`, "write system:serviceaccount:<namespace>:<service account>");
}

function issuer(inputs: Inputs): readonly Fault[] {
  const given = text(inputs, "issuer");
  const wrong = given !== undefined && !/^https:\/\/[^\s/]+(\/\S*)?$/.test(given);
  return faultIf(wrong, "issuer", `is ${given}`, "use the cluster's oidcIssuerProfile.issuerURL");
}

/** Rules about identities together. */
export const IDENTITY_PROGRAM_RULES: readonly ProgramRule[] = [
  {
    id: "federation-limit",
    source: `${FEDERATION}: general federated identity credential considerations: 20 each, issuer and subject unique`,
    check: (resources) => {
      const all = ofType(resources, FIC[0] ?? "");
      const identities = new Set(all.flatMap(({ inputs }) => text(inputs, "resourceName") ?? []));
      return [...identities].flatMap((identity) => {
        const credentials = all.filter(({ inputs }) => text(inputs, "resourceName") === identity);
        const keys = credentials.map(({ inputs }) => `${text(inputs, "issuer")} ${text(inputs, "subject")}`);
        return credentials.flatMap((credential, index) => {
          const first = keys.indexOf(keys[index] ?? "");
          const same = first < index && !keys[index]?.includes("undefined");
          return [
            ...faultIf(index >= 20, "resourceName", `${identity} has more than 20 credentials`, "use another identity"),
            ...faultIf(same, "subject", `is that of ${credentials[first]?.name} too`, "remove one"),
          ].map((fault) => about(credential, fault));
        });
      });
    },
  },
  {
    id: "role-assignment-twice",
    source: "learn.microsoft.com/azure/role-based-access-control/troubleshooting: RoleAssignmentExists",
    check: (resources) => {
      const seen = new Map<string, string>();
      return ofType(resources, "authorization:RoleAssignment").flatMap((assignment) => {
        const parts = ["scope", "roleDefinitionId", "principalId"].map((name) => text(assignment.inputs, name));
        if (parts.includes(undefined)) return [];
        const key = parts.join(" ").toLowerCase();
        const other = seen.get(key);
        seen.set(key, assignment.name);
        if (other === undefined) return [];
        const fault = { path: "roleDefinitionId", reason: `gives what ${other} gives already`, fix: "remove one" };
        return [about(assignment, fault)];
      });
    },
  },
];
