import { isObject, isUnknown } from "../unknown";
import { entries, list, text } from "./read";
import { type Fault, faultIf, type Inputs, type Rule } from "./rule";

/** Rules that hold for every resource, or for those that stand alone. */
export const COMMON_RULES: readonly Rule[] = [
  {
    id: "resource-id",
    source: "learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#resourceid",
    tokens: [],
    check: (inputs) => ids(inputs, ""),
  },
  {
    id: "location",
    source: "learn.microsoft.com/azure/azure-resource-manager/management/resource-location",
    tokens: [],
    check: location,
  },
  {
    id: "tags",
    source: "learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations",
    tokens: [],
    check: tags,
  },
  {
    id: "virtual-machine",
    source: "learn.microsoft.com/azure/virtual-machines/linux/faq; cloud-init: custom data is base64",
    tokens: ["compute:VirtualMachine"],
    check: machine,
  },
];

const ID =
  /(^id|ResourceI[dD]|SubnetI[dD]|WorkspaceI[dD]|PrefixI[dD]|roleDefinitionId|serverFarmId|privateLinkServiceId|privateDnsZoneId|policyId|resourceUri|dataCollection(Rule|Endpoint)Id|actionGroupId)$/;
// `workspaceId` of a diagnostic setting is an id; in a few bodies Azure means a GUID by it, which Azure alone fills in.
const NO_ID = /^(immutableId|tenantId|clientId|objectId|principalId|subscriptionId|subscriptionID)$/;

function ids(value: unknown, path: string): readonly Fault[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => ids(item, `${path}[${index}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const place = path === "" ? name : `${path}.${name}`;
    if (typeof item !== "string" || isUnknown(item)) return path.endsWith("definition") ? [] : ids(item, place);
    if (!ID.test(name) || NO_ID.test(name)) return [];
    return faultIf(
      !/^\/(subscriptions|providers)\/./i.test(item),
      place,
      `is ${item}, which is no id of a resource`,
      "write /subscriptions/<id>/...",
    );
  });
}

function location(inputs: Inputs): readonly Fault[] {
  const given = text(inputs, "location");
  const wrong = given !== undefined && !/^[A-Za-z]+[A-Za-z0-9]*$/.test(given);
  return faultIf(wrong, "location", `is ${given}`, "write the short name, such as koreacentral");
}

function tags(inputs: Inputs): readonly Fault[] {
  const all = entries(inputs, "tags");
  return [
    ...faultIf(all.length > 50, "tags", `has ${all.length} entries`, "keep 50"),
    ...all.flatMap(([name, value]) => [
      ...faultIf(
        name === "" || name.length > 512 || /[<>%&\\?/]/.test(name),
        `tags.${name}`,
        "is no name Azure takes",
        "leave out <>%&\\?/ and keep it to 512 characters",
      ),
      ...faultIf((text(value)?.length ?? 0) > 256, `tags.${name}`, "is longer than 256 characters", "shorten it"),
    ]),
  ];
}

const RESERVED = [
  "admin",
  "administrator",
  "root",
  "guest",
  "test",
  "user",
  "sys",
  "backup",
  "console",
  "support",
  "server",
  "sql",
];

function machine(inputs: Inputs): readonly Fault[] {
  const admin = text(inputs, "osProfile", "adminUsername");
  const data = text(inputs, "osProfile", "customData");
  const host = text(inputs, "osProfile", "computerName");
  const keys = list(inputs, "osProfile", "linuxConfiguration", "ssh", "publicKeys").flatMap((key, index) => {
    const place = text(key, "path");
    const path = `osProfile.linuxConfiguration.ssh.publicKeys[${index}].path`;
    const wanted = `/home/${admin}/.ssh/authorized_keys`;
    return faultIf(!!admin && place !== undefined && place !== wanted, path, `is ${place}`, `write ${wanted}`);
  });
  const encoded = data === undefined || Buffer.from(data, "base64").toString("base64") === data;
  return [
    ...keys,
    ...faultIf(
      admin !== undefined && RESERVED.includes(admin.toLowerCase()),
      "osProfile.adminUsername",
      `is ${admin}, a name Azure reserves`,
      "choose another one",
    ),
    ...faultIf(!encoded, "osProfile.customData", "is not base64", "encode it"),
    ...faultIf(
      host !== undefined && !/^[A-Za-z0-9]([A-Za-z0-9-]{0,62}[A-Za-z0-9])?$/.test(host),
      "osProfile.computerName",
      `is ${host}`,
      "take at most 64 letters, digits and dashes",
    ),
  ];
}
