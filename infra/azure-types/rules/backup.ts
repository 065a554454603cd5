import { at, entries, lacks, list, text, texts } from "./read";
import { type Fault, faultIf, type Inputs, type Rule } from "./rule";
import { minutesOf } from "./rule-groups";

const BACKUP = "learn.microsoft.com/azure/backup";

/** Rules about backups of clusters. */
export const BACKUP_RULES: readonly Rule[] = [
  {
    id: "backup-schedule",
    source: `${BACKUP}/backup-azure-dataprotection-use-rest-api-create-update-backup-policy: repeatingTimeIntervals`,
    tokens: ["dataprotection:BackupPolicy"],
    check: schedule,
  },
  {
    id: "backup-retention",
    source: `${BACKUP}/azure-kubernetes-service-backup-overview; declarations of azure-native: AzureRetentionRuleArgs`,
    tokens: ["dataprotection:BackupPolicy"],
    check: retention,
  },
  {
    id: "backup-source",
    source: `${BACKUP}/azure-kubernetes-service-cluster-backup-using-cli; terraform-provider-azurerm, data protection acceptance tests`,
    tokens: ["dataprotection:BackupInstance"],
    check: source,
  },
  {
    id: "backup-storage",
    source: `${BACKUP}/backup-vault-overview#storage-settings-in-the-backup-vault`,
    tokens: ["dataprotection:BackupVault"],
    check: storage,
  },
  {
    id: "backup-extension",
    source: `${BACKUP}/azure-kubernetes-service-cluster-manage-backups; Azure/azure-service-operator samples of the extension`,
    tokens: ["kubernetesconfiguration:Extension"],
    check: extension,
  },
];

const REPEATING = /^R\/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})\/P(\d+D|\d+W|T\d+H)$/;

function rulesOf(
  inputs: Inputs,
): readonly { readonly path: string; readonly rule: unknown; readonly kind?: string | undefined }[] {
  return list(inputs, "properties", "policyRules").map((rule, index) => ({
    path: `properties.policyRules[${index}]`,
    rule,
    kind: text(rule, "objectType"),
  }));
}

function schedule(inputs: Inputs): readonly Fault[] {
  return rulesOf(inputs).flatMap(({ path, rule }) =>
    texts(rule, "trigger", "schedule", "repeatingTimeIntervals").flatMap((interval, index) =>
      faultIf(
        !REPEATING.test(interval),
        `${path}.trigger.schedule.repeatingTimeIntervals[${index}]`,
        `is ${interval}`,
        "write one like R/2026-12-01T02:00:00+00:00/P1D",
      ),
    ),
  );
}

function retention(inputs: Inputs): readonly Fault[] {
  const all = rulesOf(inputs);
  const keeping = all.filter(({ kind }) => kind === "AzureRetentionRule");
  const sure =
    all.every(({ kind }) => kind !== undefined) && keeping.every(({ rule }) => text(rule, "name") !== undefined);
  const names = keeping.map(({ rule }) => text(rule, "name"));
  const defaults = keeping.filter(({ rule }) => at(rule, "isDefault") === true);
  const durations = keeping.flatMap(({ path, rule }) =>
    list(rule, "lifecycles").flatMap((cycle, index) => {
      const duration = text(cycle, "deleteAfter", "duration");
      const wrong = duration !== undefined && !/^P\d+[DWMY]$/.test(duration) && minutesOf(duration) === undefined;
      return faultIf(
        wrong,
        `${path}.lifecycles[${index}].deleteAfter.duration`,
        `is ${duration}`,
        "write one like P7D",
      );
    }),
  );
  const tags = all.flatMap(({ path, rule }) =>
    list(rule, "trigger", "taggingCriteria").flatMap((criterion, index) => {
      const tag = text(criterion, "tagInfo", "tagName");
      const wrong = tag !== undefined && sure && !names.includes(tag);
      return faultIf(
        wrong,
        `${path}.trigger.taggingCriteria[${index}].tagInfo.tagName`,
        `is ${tag}; no retention rule has that name`,
        `write ${names.join(" or ")}`,
      );
    }),
  );
  const certain = keeping.every(({ rule }) => lacks(rule, "isDefault") || at(rule, "isDefault") !== undefined);
  const count = sure && certain && keeping.length > 0 && defaults.length !== 1;
  return [
    ...durations,
    ...tags,
    ...faultIf(
      count,
      "properties.policyRules",
      `has ${defaults.length} default retention rules`,
      "make exactly one isDefault",
    ),
  ];
}

const CLUSTERS = "Microsoft.ContainerService/managedClusters";

function source(inputs: Inputs): readonly Fault[] {
  const wanted = ["datasourceType", "resourceType"].flatMap((name) => {
    const given = text(inputs, "properties", "dataSourceInfo", name);
    const wrong = given !== undefined && given.toLowerCase() !== CLUSTERS.toLowerCase();
    return faultIf(wrong, `properties.dataSourceInfo.${name}`, `is ${given}`, `write ${CLUSTERS}`);
  });
  const stores = list(inputs, "properties", "policyInfo", "policyParameters", "dataStoreParametersList");
  const groups = stores.flatMap((store, index) => {
    const path = `properties.policyInfo.policyParameters.dataStoreParametersList[${index}].resourceGroupId`;
    const id = text(store, "resourceGroupId");
    const wrong = id !== undefined && !/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i.test(id);
    return [
      ...faultIf(wrong, path, `is ${id}`, "use the id of the snapshots' resource group"),
      ...faultIf(
        lacks(store, "resourceGroupId"),
        path,
        "is missing; snapshots have nowhere to go",
        "use the id of the snapshots' resource group",
      ),
    ];
  });
  return [...wanted, ...groups];
}

function storage(inputs: Inputs): readonly Fault[] {
  const settings = list(inputs, "properties", "storageSettings");
  const regions = text(inputs, "properties", "featureSettings", "crossRegionRestoreSettings", "state") === "Enabled";
  const types = settings.map((setting) => text(setting, "type"));
  const geo = types.includes("GeoRedundant") || types.includes(undefined);
  const given = at(inputs, "properties", "storageSettings");
  return [
    ...faultIf(
      Array.isArray(given) && given.length !== 1,
      "properties.storageSettings",
      `has ${settings.length} entries`,
      "set exactly one",
    ),
    ...faultIf(
      regions && !geo,
      "properties.featureSettings.crossRegionRestoreSettings.state",
      "is Enabled without GeoRedundant storage",
      "choose GeoRedundant",
    ),
  ];
}

const LOCATION = "configuration.backupStorageLocation";
const SETTINGS = [
  `${LOCATION}.bucket`,
  `${LOCATION}.config.resourceGroup`,
  `${LOCATION}.config.storageAccount`,
  `${LOCATION}.config.subscriptionId`,
  "credentials.tenantId",
];

function extension(inputs: Inputs): readonly Fault[] {
  if (text(inputs, "extensionType")?.toLowerCase() !== "microsoft.dataprotection.kubernetes") return [];
  const keys = entries(inputs, "configurationSettings").map(([key]) => key);
  const aliases = keys.filter((key) =>
    ["blobContainer", "storageAccount", "storageAccountResourceGroup", "storageAccountSubscriptionId"].includes(key),
  );
  if (lacks(inputs, "configurationSettings") || at(inputs, "configurationSettings") === undefined) {
    return faultIf(
      lacks(inputs, "configurationSettings"),
      "configurationSettings",
      "is missing",
      `set ${SETTINGS.join(", ")}`,
    );
  }
  return [
    ...aliases.map((key) => ({
      path: `configurationSettings.${key}`,
      reason: "is a word of the az tool, not of Azure",
      fix: `write ${LOCATION}...`,
    })),
    ...SETTINGS.filter((key) => !keys.includes(key)).map((key) => ({
      path: `configurationSettings["${key}"]`,
      reason: "is missing",
      fix: "set it",
    })),
  ];
}
