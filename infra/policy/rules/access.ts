import { at, listAt, textAt } from "../../contract/values";
import { type ResourceRule, type Subject, wrongs } from "../rule";

const ANYWHERE = ["*", "0.0.0.0/0", "Internet", "Any"];

/** Nothing that holds data or runs a cluster is open to the internet. */
export const noPublicAccess: ResourceRule = {
  name: "no-public-access",
  description:
    "Vault, storage, registry and API servers are private, or answer listed addresses only; no machine has a public address",
  level: "mandatory",
  checks: {
    "keyvault:Vault": ({ props }) =>
      wrongs([
        textAt(props, "properties", "publicNetworkAccess") !== "Disabled" &&
          (textAt(props, "properties", "networkAcls", "defaultAction") !== "Deny" ||
            listAt(props, "properties", "networkAcls", "ipRules").some((rule) =>
              ANYWHERE.includes(textAt(rule, "value") ?? ""),
            )),
        "it answers every address; disable public access, or deny by default and list addresses",
      ]),
    "storage:StorageAccount": ({ props }) =>
      wrongs(
        [props["publicNetworkAccess"] !== "Disabled", "it answers the internet; disable public access"],
        [
          props["allowBlobPublicAccess"] !== false,
          "its containers may be made public; set allowBlobPublicAccess to false",
        ],
      ),
    "storage:BlobContainer": ({ props }) =>
      wrongs([props["publicAccess"] !== "None", "it can be read without signing in"]),
    // Only Premium registries can be private; the others answer identities with a role.
    "containerregistry:Registry": ({ props }) =>
      wrongs([
        textAt(props, "sku", "name") === "Premium" && props["publicNetworkAccess"] !== "Disabled",
        "it answers the internet although its kind has private endpoints",
      ]),
    "containerservice:ManagedCluster": ({ props }) => [
      ...apiServer(props),
      ...listAt(props, "agentPoolProfiles").flatMap(nodes),
    ],
    "containerservice:AgentPool": ({ props }) => nodes(props),
    "network:NetworkInterface": ({ props }) =>
      wrongs([
        listAt(props, "ipConfigurations").some((each) => at(each, "publicIPAddress") !== undefined),
        "it has a public address",
      ]),
    "network:NetworkSecurityGroup": ({ props }) => listAt(props, "securityRules").flatMap(openToAll),
  },
};

/** People and workloads come in by Entra ID and roles, never by a key or password that can be copied. */
export const rolesOnly: ResourceRule = {
  name: "roles-only",
  description: "Vault, storage, registry, log workspace and clusters know Entra identities and roles only",
  level: "mandatory",
  checks: {
    "keyvault:Vault": ({ props }) =>
      wrongs(
        [
          at(props, "properties", "enableRbacAuthorization") !== true,
          "it goes by access policies; set enableRbacAuthorization",
        ],
        [listAt(props, "properties", "accessPolicies").length > 0, "it has access policies, which roles do not show"],
      ),
    "storage:StorageAccount": ({ props }) =>
      wrongs([props["allowSharedKeyAccess"] !== false, "it can be opened by its key"]),
    "containerregistry:Registry": ({ props }) =>
      wrongs(
        [props["adminUserEnabled"] !== false, "it has an administrator's password"],
        [props["anonymousPullEnabled"] === true, "anybody may pull from it"],
      ),
    "operationalinsights:Workspace": ({ props }) =>
      wrongs([at(props, "features", "disableLocalAuth") !== true, "logs can be sent with its key"]),
    "containerservice:ManagedCluster": ({ props }) =>
      wrongs(
        [props["enableRBAC"] !== true, "Kubernetes RBAC is off"],
        [at(props, "aadProfile", "managed") !== true, "people do not sign in by Entra ID"],
        [at(props, "aadProfile", "enableAzureRBAC") !== true, "Azure roles do not hold in it"],
      ),
  },
};

/** No account lives on a machine or in a cluster. */
export const noLocalAccounts: ResourceRule = {
  name: "no-local-accounts",
  description: "Clusters have no local administrator, machines no password",
  level: "mandatory",
  checks: {
    "containerservice:ManagedCluster": ({ props }) =>
      wrongs([props["disableLocalAccounts"] !== true, "its local accounts are on; set disableLocalAccounts"]),
    "compute:VirtualMachine": ({ props }) =>
      wrongs(
        [at(props, "osProfile", "linuxConfiguration", "disablePasswordAuthentication") !== true, "it takes passwords"],
        [at(props, "osProfile", "adminPassword") !== undefined, "it has a password"],
      ),
  },
};

function apiServer(props: Subject["props"]): readonly string[] {
  const ranges = listAt(props, "apiServerAccessProfile", "authorizedIPRanges").map(String);
  const listed = ranges.length > 0 && !ranges.some((range) => ANYWHERE.includes(range));
  const isPrivate = at(props, "apiServerAccessProfile", "enablePrivateCluster") === true;
  return wrongs([!isPrivate && !listed, "its API server answers every address; make it private or list addresses"]);
}

function nodes(pool: unknown): readonly string[] {
  const name = textAt(pool, "name") ?? textAt(pool, "agentPoolName");
  return wrongs([at(pool, "enableNodePublicIP") === true, `nodes of its pool ${name} have public addresses`]);
}

function openToAll(rule: unknown): readonly string[] {
  const sources = [textAt(rule, "sourceAddressPrefix"), ...listAt(rule, "sourceAddressPrefixes")].map(String);
  const ports = [textAt(rule, "destinationPortRange"), ...listAt(rule, "destinationPortRanges")].map(String);
  const inward = textAt(rule, "direction") === "Inbound" && textAt(rule, "access") === "Allow";
  const open =
    inward &&
    sources.some((source) => ANYWHERE.includes(source)) &&
    ports.some((port) => !["80", "443", "undefined"].includes(port));
  return wrongs([
    open,
    `its rule ${textAt(rule, "name")} lets the internet in on ${ports.filter((port) => port !== "undefined").join(", ")}`,
  ]);
}
