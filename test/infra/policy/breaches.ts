import { type Breach, set } from "./breach";
import { ACCESS_BREACHES } from "./breaches-access";

/** A change of the recorded program for each rule of each policy. */
export const BREACHES: readonly Breach[] = [
  ...ACCESS_BREACHES,
  {
    policy: "least-privilege",
    what: "an owner",
    type: "authorization:RoleAssignment",
    change: set(
      "roleDefinitionId",
      "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    ),
    says: "Owner",
  },
  {
    policy: "least-privilege",
    what: "a contributor of a cluster",
    type: "authorization:RoleAssignment",
    change: set(
      "roleDefinitionId",
      "/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
    ),
    says: "Contributor",
  },
  {
    policy: "least-privilege",
    what: "a role on the subscription",
    type: "authorization:RoleAssignment",
    change: set("scope", "/subscriptions/x"),
    says: "whole subscription",
  },
  {
    policy: "federation",
    what: "a foreign audience",
    type: "managedidentity:FederatedIdentityCredential",
    change: set("audiences", []),
    says: "audience",
  },
  {
    policy: "federation",
    what: "a default account",
    type: "managedidentity:FederatedIdentityCredential",
    change: set("subject", "system:serviceaccount:apps:default"),
    says: "default account",
  },
  {
    policy: "tags",
    what: "a network without an owner",
    type: "network:VirtualNetwork",
    change: set("tags.owner", ""),
    says: "lacks the tags owner",
  },
  {
    policy: "encryption",
    what: "storage with old TLS",
    type: "storage:StorageAccount",
    change: set("minimumTlsVersion", "TLS1_0"),
    says: "older than 1.2",
  },
  {
    policy: "encryption",
    what: "a machine with bare disks",
    type: "compute:VirtualMachine",
    change: set("securityProfile.encryptionAtHost", false),
    says: "not encrypted at the host",
  },
  {
    policy: "encryption",
    what: "a pool with bare disks",
    type: "containerservice:AgentPool",
    change: set("enableEncryptionAtHost", false),
    says: "not encrypted at the host",
  },
  {
    policy: "explicit-egress",
    what: "default outbound access",
    type: "network:VirtualNetwork",
    change: set("subnets.0.defaultOutboundAccess", true),
    says: "default outbound access",
  },
  {
    policy: "purge-protection",
    what: "a vault that can be purged",
    type: "keyvault:Vault",
    change: set("properties.enablePurgeProtection", undefined),
    says: "purge",
  },
  {
    policy: "system-pools-are-regular",
    what: "a Spot system pool",
    type: "containerservice:ManagedCluster",
    change: set("agentPoolProfiles.0.scaleSetPriority", "Spot"),
    says: "Spot machines",
  },
  {
    policy: "zones",
    what: "a pool in one zone",
    type: "containerservice:AgentPool",
    change: set("availabilityZones", ["1"]),
    says: "fewer than two zones",
  },
  {
    policy: "audit",
    what: "a setting that sends nothing",
    type: "monitor:DiagnosticSetting",
    change: set("logs", []),
    says: "audit logs",
  },
  {
    policy: "budget-exists",
    what: "a budget that tells nobody",
    type: "consumption:Budget",
    change: set("notifications", {}),
    says: "no budget",
  },
];
