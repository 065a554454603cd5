import { at, entries, isSet, lacks, list, number, text } from "./read";
import { type Fault, faultIf, type Inputs, type Rule } from "./rule";

const NAMES = "learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules";

/** Rules about vaults, registries, storage, zones and budgets. */
export const STORE_RULES: readonly Rule[] = [
  { id: "vault-name", source: `${NAMES}#microsoftkeyvault`, tokens: ["keyvault:Vault"], check: vaultName },
  {
    id: "vault-protection",
    source: "learn.microsoft.com/azure/key-vault/general/soft-delete-overview; access-control-default",
    tokens: ["keyvault:Vault"],
    check: vault,
  },
  {
    id: "vault-object-name",
    source: `${NAMES}#microsoftkeyvault`,
    tokens: ["keyvault:Secret", "keyvault:Key"],
    check: vaultObject,
  },
  {
    id: "registry-sku",
    source: "learn.microsoft.com/azure/container-registry/container-registry-skus",
    tokens: ["containerregistry:Registry"],
    check: registry,
  },
  { id: "container-name", source: `${NAMES}#microsoftstorage`, tokens: ["storage:BlobContainer"], check: container },
  { id: "zone-name", source: `${NAMES}#microsoftnetwork`, tokens: ["dns:Zone", "privatedns:PrivateZone"], check: zone },
  {
    id: "global-location",
    source: "learn.microsoft.com/azure/dns/dns-zones-records; learn.microsoft.com/azure/dns/private-dns-privatednszone",
    tokens: ["dns:Zone", "privatedns:PrivateZone", "privatedns:VirtualNetworkLink"],
    check: global,
  },
  {
    id: "budget-period",
    source: "learn.microsoft.com/rest/api/consumption/budgets/create-or-update: BudgetTimePeriod",
    tokens: ["consumption:Budget"],
    check: period,
  },
  {
    id: "budget-notifications",
    source: "learn.microsoft.com/rest/api/consumption/budgets/create-or-update: Notification; at most 5",
    tokens: ["consumption:Budget"],
    check: notifications,
  },
];

function vaultName(inputs: Inputs, { name }: { readonly name: string }): readonly Fault[] {
  const given = isSet(inputs, "vaultName") ? text(inputs, "vaultName") : `${name}0a1b2c3d`;
  const wrong = given !== undefined && !/^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/.test(given);
  return faultIf(
    wrong,
    "vaultName",
    `is ${given}`,
    "take 3 to 24 letters, digits and single dashes, a letter first and no dash last",
  );
}

function vault(inputs: Inputs): readonly Fault[] {
  const properties = at(inputs, "properties");
  if (properties === undefined) return [];
  const days = number(properties, "softDeleteRetentionInDays");
  return [
    ...faultIf(
      days !== undefined && (days < 7 || days > 90),
      "properties.softDeleteRetentionInDays",
      `is ${days}`,
      "write 7 to 90",
    ),
    ...faultIf(
      at(properties, "enablePurgeProtection") === false,
      "properties.enablePurgeProtection",
      "is false; Azure takes true or nothing",
      "leave it out",
    ),
    ...faultIf(
      at(properties, "enableSoftDelete") === false,
      "properties.enableSoftDelete",
      "is false, which Azure no longer takes",
      "leave it out",
    ),
    ...faultIf(
      lacks(properties, "enableRbacAuthorization"),
      "properties.enableRbacAuthorization",
      "is not said; its default differs between API versions",
      "write true",
    ),
  ];
}

function vaultObject(inputs: Inputs): readonly Fault[] {
  return ["secretName", "keyName"].flatMap((input) => {
    const name = text(inputs, input);
    return faultIf(
      name !== undefined && !/^[a-zA-Z0-9-]{1,127}$/.test(name),
      input,
      `is ${name}`,
      "take letters, digits and dashes",
    );
  });
}

function registry(inputs: Inputs): readonly Fault[] {
  const sku = text(inputs, "sku", "name");
  if (sku === undefined || sku === "Premium") return [];
  const closed = text(inputs, "publicNetworkAccess") === "Disabled";
  return [
    ...faultIf(closed, "publicNetworkAccess", `is Disabled, which SKU ${sku} does not offer`, "take SKU Premium"),
    ...faultIf(isSet(inputs, "networkRuleSet"), "networkRuleSet", `is not offered by SKU ${sku}`, "take SKU Premium"),
    ...faultIf(
      text(inputs, "zoneRedundancy") === "Enabled",
      "zoneRedundancy",
      `can be set with SKU Premium only in this API version, not with ${sku}`,
      "leave it out",
    ),
  ];
}

function container(inputs: Inputs): readonly Fault[] {
  const name = text(inputs, "containerName");
  const wrong =
    name !== undefined && !/^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name) && !/^\$(root|web|logs)$/.test(name);
  return faultIf(wrong, "containerName", `is ${name}`, "take 3 to 63 lower-case letters, digits and single dashes");
}

function zone(inputs: Inputs): readonly Fault[] {
  const name = text(inputs, "zoneName") ?? text(inputs, "privateZoneName");
  const wrong =
    name !== undefined &&
    (!/^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}$/.test(name) || name.length > 253);
  return faultIf(
    wrong,
    isSet(inputs, "zoneName") ? "zoneName" : "privateZoneName",
    `is ${name}`,
    "write a domain in lower case, without a dot at the end",
  );
}

function global(inputs: Inputs): readonly Fault[] {
  const location = text(inputs, "location");
  const wrong = lacks(inputs, "location") || (location !== undefined && location.toLowerCase() !== "global");
  return faultIf(
    wrong,
    "location",
    location === undefined ? "is not said; it would be the region" : `is ${location}`,
    "write global",
  );
}

const FIRST = /^\d{4}-(0[1-9]|1[0-2])-01T00:00:00(\.0+)?Z$/;

function period(inputs: Inputs): readonly Fault[] {
  const start = text(inputs, "timePeriod", "startDate");
  const end = text(inputs, "timePeriod", "endDate");
  return [
    ...faultIf(
      start !== undefined && !FIRST.test(start),
      "timePeriod.startDate",
      `is ${start}`,
      "write the first of a month, such as 2026-12-01T00:00:00Z",
    ),
    ...faultIf(
      !!start && !!end && !(Date.parse(end) > Date.parse(start)),
      "timePeriod.endDate",
      `is ${end}, not after ${start}`,
      "write a later one",
    ),
    ...faultIf((number(inputs, "amount") ?? 1) <= 0, "amount", `is ${number(inputs, "amount")}`, "write more than 0"),
  ];
}

function notifications(inputs: Inputs): readonly Fault[] {
  const all = entries(inputs, "notifications");
  return [
    ...faultIf(all.length > 5, "notifications", `has ${all.length} entries`, "keep 5"),
    ...all.flatMap(([name, notification]) => {
      const threshold = number(notification, "threshold");
      const emails = list(notification, "contactEmails");
      const nobody = emails.length === 0 && lacks(notification, "contactRoles") && lacks(notification, "contactGroups");
      const known = at(notification, "contactEmails") !== undefined;
      return [
        ...faultIf(
          threshold !== undefined && (threshold <= 0 || threshold > 1000),
          `notifications.${name}.threshold`,
          `is ${threshold}`,
          "write a percentage up to 1000",
        ),
        ...faultIf(
          nobody && known,
          `notifications.${name}.contactEmails`,
          "is empty, and nobody else is told",
          "add an address",
        ),
      ];
    }),
  ];
}
