import type { ArmType } from "../model";
import {
  ANY,
  BOOLEAN,
  IDENTITY,
  INTEGER,
  listOf,
  mapOf,
  matching,
  object,
  oneOf,
  REFERENCE,
  required,
  TAGS,
  TEXT,
} from "./build";

/**
 * Resource types that the data does not hold. They are written down here from the declarations of azure-native 3.28 (property
 * names, required ones, enums), with name patterns from learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules.
 * What they leave out is refused, and a type that `npm run azure-types` fetches takes the place of the one here.
 */
export function declaredTypes(): ReadonlyMap<string, ArmType> {
  return DECLARED;
}

const natGateway = object("Microsoft.Network/natGateways", {
  name: required(matching("^[a-zA-Z0-9]([a-zA-Z0-9._-]{0,78}[a-zA-Z0-9_])?$")),
  location: required(TEXT),
  sku: object("declared/NatGatewaySku", { name: oneOf("Standard") }),
  tags: TAGS,
  zones: listOf(TEXT),
  properties: object("declared/NatGatewayProperties", {
    idleTimeoutInMinutes: { kind: "integer", min: 4, max: 120 },
    publicIpAddresses: listOf(REFERENCE),
    publicIpPrefixes: listOf(REFERENCE),
  }),
});

const secret = object("Microsoft.KeyVault/vaults/secrets", {
  name: required(matching("^[a-zA-Z0-9-]{1,127}$")),
  tags: TAGS,
  properties: required(
    object("declared/SecretProperties", {
      value: TEXT,
      contentType: TEXT,
      attributes: object("microsoft.keyvault/SecretAttributes", { enabled: BOOLEAN, exp: INTEGER, nbf: INTEGER }),
    }),
  ),
});

const key = object("Microsoft.KeyVault/vaults/keys", {
  name: required(matching("^[a-zA-Z0-9-]{1,127}$")),
  tags: TAGS,
  properties: required(
    object("declared/KeyProperties", {
      kty: oneOf("EC", "EC-HSM", "RSA", "RSA-HSM"),
      keySize: INTEGER,
      curveName: oneOf("P-256", "P-384", "P-521", "P-256K"),
      keyOps: listOf(oneOf("encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey", "import", "release")),
      attributes: object("microsoft.keyvault/KeyAttributes", {
        enabled: BOOLEAN,
        exp: INTEGER,
        nbf: INTEGER,
        exportable: BOOLEAN,
      }),
    }),
  ),
});

const workflow = object("Microsoft.Logic/workflows", {
  name: required(matching("^[a-zA-Z0-9._()-]{1,43}$")),
  location: required(TEXT),
  tags: TAGS,
  identity: IDENTITY,
  properties: object("declared/WorkflowProperties", {
    state: oneOf("NotSpecified", "Completed", "Enabled", "Disabled", "Deleted", "Suspended"),
    definition: ANY,
    parameters: mapOf(
      "declared/WorkflowParameters",
      object("declared/WorkflowParameter", {
        type: oneOf("String", "SecureString", "Int", "Float", "Bool", "Array", "Object", "SecureObject"),
        value: ANY,
        metadata: ANY,
        description: TEXT,
      }),
    ),
    accessControl: ANY,
  }),
});

const retention = object("declared/RetentionPolicy", { enabled: required(BOOLEAN), days: required(INTEGER) });

const diagnosticSetting = object("Microsoft.Insights/diagnosticSettings", {
  name: required(matching("^[^*<>%&:?+/\\\\]{1,260}$")),
  properties: object("declared/DiagnosticSettings", {
    workspaceId: TEXT,
    storageAccountId: TEXT,
    eventHubAuthorizationRuleId: TEXT,
    eventHubName: TEXT,
    logAnalyticsDestinationType: oneOf("Dedicated", "AzureDiagnostics"),
    logs: listOf(
      object("declared/LogSettings", {
        category: TEXT,
        categoryGroup: TEXT,
        enabled: required(BOOLEAN),
        retentionPolicy: retention,
      }),
    ),
    metrics: listOf(
      object("declared/MetricSettings", {
        category: TEXT,
        enabled: required(BOOLEAN),
        timeGrain: TEXT,
        retentionPolicy: retention,
      }),
    ),
  }),
});

const lock = object("Microsoft.Authorization/locks", {
  name: required(matching("^[^<>%&?/]{1,90}$")),
  properties: required(
    object("declared/ManagementLockProperties", {
      level: required(oneOf("NotSpecified", "CanNotDelete", "ReadOnly")),
      notes: { kind: "string", maxLength: 512 },
      owners: listOf(object("declared/ManagementLockOwner", { applicationId: TEXT })),
    }),
  ),
});

const permissions = object("declared/Permission", {
  actions: listOf(TEXT),
  notActions: listOf(TEXT),
  dataActions: listOf(TEXT),
  notDataActions: listOf(TEXT),
});

const roleDefinition = object("Microsoft.Authorization/roleDefinitions", {
  name: required(matching("^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$")),
  properties: object("microsoft.authorization/RoleDefinitionProperties", {
    roleName: TEXT,
    type: TEXT,
    description: TEXT,
    assignableScopes: listOf(TEXT),
    permissions: listOf(permissions),
  }),
});

const DECLARED: ReadonlyMap<string, ArmType> = new Map([
  ["microsoft.network/natgateways@2024-05-01", natGateway],
  ["microsoft.keyvault/vaults/secrets@2024-11-01", secret],
  ["microsoft.keyvault/vaults/keys@2024-11-01", key],
  ["microsoft.logic/workflows@2019-05-01", workflow],
  ["microsoft.insights/diagnosticsettings@2021-05-01-preview", diagnosticSetting],
  ["microsoft.authorization/locks@2020-05-01", lock],
  ["microsoft.authorization/roledefinitions@2022-05-01-preview", roleDefinition],
]);
