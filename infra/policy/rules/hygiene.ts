import { at, listAt, textAt } from "../../contract/values";
import { forEach, type ResourceRule, wrongs } from "../rule";

const TAGS = ["fleet", "managed-by", "owner", "scope"];

/** Types in use that Azure keeps tags of. */
const TAGGED = [
  "alertsmanagement:PrometheusRuleGroup",
  "applicationinsights:Component",
  "compute:VirtualMachine",
  "containerregistry:Registry",
  "containerservice:ManagedCluster",
  "dataprotection:BackupInstance",
  "dataprotection:BackupVault",
  "dns:Zone",
  "keyvault:Vault",
  "logic:Workflow",
  "managedidentity:UserAssignedIdentity",
  "monitor:ActionGroup",
  "monitor:AzureMonitorWorkspace",
  "monitor:DataCollectionEndpoint",
  "monitor:DataCollectionRule",
  "network:BastionHost",
  "network:NatGateway",
  "network:NetworkInterface",
  "network:NetworkSecurityGroup",
  "network:PrivateEndpoint",
  "network:PublicIPAddress",
  "network:VirtualNetwork",
  "operationalinsights:Workspace",
  "privatedns:PrivateZone",
  "privatedns:VirtualNetworkLink",
  "resources:ResourceGroup",
  "storage:StorageAccount",
];

/** Every bill and every resource can be told whose it is. */
export const tags: ResourceRule = {
  name: "tags",
  description: `Resources carry the tags ${TAGS.join(", ")}`,
  level: "mandatory",
  checks: forEach(TAGGED, ({ props }) => {
    const missing = TAGS.filter((tag) => !textAt(props, "tags", tag));
    return wrongs([missing.length > 0, `it lacks the tags ${missing.join(", ")}`]);
  }),
};

/** Data is encrypted where it lies and on its way. */
export const encryption: ResourceRule = {
  name: "encryption",
  description: "Storage takes TLS 1.2 only and encrypts twice; disks are encrypted from the host on",
  level: "mandatory",
  checks: {
    "storage:StorageAccount": ({ props }) =>
      wrongs(
        [props["enableHttpsTrafficOnly"] !== true, "it answers without TLS"],
        [!["TLS1_2", "TLS1_3"].includes(String(props["minimumTlsVersion"])), "it takes TLS older than 1.2"],
        [
          at(props, "encryption", "requireInfrastructureEncryption") !== true,
          "its infrastructure encryption is off, and can only be chosen at creation",
        ],
      ),
    "compute:VirtualMachine": ({ props }) =>
      wrongs([at(props, "securityProfile", "encryptionAtHost") !== true, "its disks are not encrypted at the host"]),
    "containerservice:ManagedCluster": ({ props }) => listAt(props, "agentPoolProfiles").flatMap(hosts),
    "containerservice:AgentPool": ({ props }) => hosts(props),
  },
};

/** A deleted vault can be had back. Advisory: demonstrations turn it off, since it keeps the name taken. */
export const purgeProtection: ResourceRule = {
  name: "purge-protection",
  description: "A deleted vault cannot be purged before its time",
  level: "advisory",
  checks: {
    "keyvault:Vault": ({ props }) =>
      wrongs(
        [at(props, "properties", "enableSoftDelete") !== true, "it is gone as soon as it is deleted"],
        [at(props, "properties", "enablePurgeProtection") !== true, "whoever deletes it can purge it at once"],
      ),
  },
};

/** Nothing leaves by an address that Azure lends and may take back. */
export const explicitEgress: ResourceRule = {
  name: "explicit-egress",
  description: "Subnets do not use Azure's default outbound access",
  level: "mandatory",
  checks: {
    "network:VirtualNetwork": ({ props }) =>
      listAt(props, "subnets").flatMap((subnet) =>
        wrongs([
          at(subnet, "defaultOutboundAccess") !== false,
          `its subnet ${textAt(subnet, "name")} uses default outbound access`,
        ]),
      ),
  },
};

function hosts(pool: unknown): readonly string[] {
  const name = textAt(pool, "name") ?? textAt(pool, "agentPoolName");
  return wrongs([
    at(pool, "enableEncryptionAtHost") !== true,
    `disks of its pool ${name} are not encrypted at the host`,
  ]);
}
