import { at, entries, isKnown, isSet, lacks, list, notOne, number, repeated, text, texts } from "./read";
import { type Fault, faultIf, type Inputs, type Rule } from "./rule";

const MONITOR = "learn.microsoft.com/azure/azure-monitor";
const DCR = ["monitor:DataCollectionRule"];
const DCRA = ["monitor:DataCollectionRuleAssociation"];

/** Rules about what observes the clusters. */
export const MONITORING_RULES: readonly Rule[] = [
  {
    id: "endpoint-name",
    source: "Azure/prometheus-collector AddonBicepTemplate: DCE names are cut at 44",
    tokens: ["monitor:DataCollectionEndpoint"],
    check: nameOf("dataCollectionEndpointName", 44),
  },
  {
    id: "collection-rule-name",
    source: "Azure/prometheus-collector AddonBicepTemplate: DCR names are cut at 64",
    tokens: DCR,
    check: nameOf("dataCollectionRuleName", 64),
  },
  { id: "collection-flow", source: `${MONITOR}/essentials/data-collection-rule-structure`, tokens: DCR, check: flows },
  {
    id: "association-target",
    source: `${MONITOR}/essentials/data-collection-rule-associations: a rule, or an endpoint as configurationAccessEndpoint`,
    tokens: DCRA,
    check: target,
  },
  {
    id: "action-receivers",
    source: `${MONITOR}/alerts/action-groups: names are unique in a group`,
    tokens: ["monitor:ActionGroup"],
    check: receivers,
  },
  {
    id: "log-retention",
    source: "learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure; daily-cap",
    tokens: ["operationalinsights:Workspace"],
    check: retention,
  },
  {
    id: "diagnostic-target",
    source: `${MONITOR}/essentials/diagnostic-settings`,
    tokens: ["monitor:DiagnosticSetting"],
    check: diagnostics,
  },
];

function nameOf(input: string, most: number): Rule["check"] {
  return (inputs, { name }) => {
    const given = isSet(inputs, input) ? text(inputs, input) : `${name}0a1b2c3d`;
    const long = (given?.length ?? 0) > most;
    return faultIf(long, input, `is ${given} with ${given?.length} characters`, `keep it to ${most}`);
  };
}

const DESTINATIONS = [
  "logAnalytics",
  "monitoringAccounts",
  "eventHubs",
  "eventHubsDirect",
  "storageBlobsDirect",
  "storageTablesDirect",
  "storageAccounts",
];

function flows(inputs: Inputs): readonly Fault[] {
  const lists = DESTINATIONS.flatMap((kind) => list(inputs, "destinations", kind));
  const single = at(inputs, "destinations", "azureMonitorMetrics");
  const names = [...lists, ...(single ? [single] : [])].map((one) => text(one, "name"));
  const streams = entries(inputs, "dataSources").flatMap(([, sources]) =>
    list(sources).flatMap((source) => texts(source, "streams")),
  );
  const sure = isKnown(inputs["destinations"]);
  const twice = repeated(names.filter((name) => name !== undefined));
  const wrong = list(inputs, "dataFlows").flatMap((flow, index) => [
    ...texts(flow, "destinations").flatMap((name) =>
      faultIf(
        sure && !names.includes(name),
        `dataFlows[${index}].destinations`,
        `goes to ${name}, which is no destination here`,
        `use one of ${names.join(", ")}`,
      ),
    ),
    ...texts(flow, "streams").flatMap((stream) =>
      faultIf(
        isKnown(inputs["dataSources"]) &&
          streams.length > 0 &&
          !streams.includes(stream) &&
          !stream.startsWith("Custom-"),
        `dataFlows[${index}].streams`,
        `takes ${stream}, which no data source sends`,
        "add it to a data source",
      ),
    ),
  ]);
  return [...wrong, ...twice.map((name) => ({ path: "destinations", reason: `has ${name} twice`, fix: "rename one" }))];
}

const ENDPOINT = "configurationAccessEndpoint";

function target(inputs: Inputs): readonly Fault[] {
  const targets = ["dataCollectionRuleId", "dataCollectionEndpointId"] as const;
  const count = notOne(inputs, targets);
  const name = text(inputs, "associationName");
  const toEndpoint = lacks(inputs, targets[0]) && count === undefined;
  const toRule = lacks(inputs, targets[1]) && count === undefined;
  return [
    ...faultIf(count !== undefined, targets[0], `and ${targets[1]}: ${count} of them is set`, "set exactly one"),
    ...faultIf(
      toEndpoint && name !== undefined && name !== ENDPOINT,
      "associationName",
      `is ${name} for an endpoint`,
      `write ${ENDPOINT}`,
    ),
    ...faultIf(toRule && name === ENDPOINT, "associationName", `is ${ENDPOINT} for a rule`, "choose another name"),
  ];
}

function receivers(inputs: Inputs): readonly Fault[] {
  const names = Object.keys(inputs)
    .filter((name) => name.endsWith("Receivers"))
    .flatMap((kind) => list(inputs, kind).flatMap((receiver) => text(receiver, "name") ?? []));
  const emails = list(inputs, "emailReceivers").flatMap((receiver, index) => {
    const address = text(receiver, "emailAddress");
    const wrong = address !== undefined && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address);
    return faultIf(wrong, `emailReceivers[${index}].emailAddress`, `is ${address}`, "write an address");
  });
  return [
    ...emails,
    ...repeated(names).map((name) => ({ path: "emailReceivers", reason: `${name} is there twice`, fix: "rename one" })),
  ];
}

function retention(inputs: Inputs): readonly Fault[] {
  const days = number(inputs, "retentionInDays");
  const quota = number(inputs, "workspaceCapping", "dailyQuotaGb");
  return [
    ...faultIf(days !== undefined && (days < 30 || days > 730), "retentionInDays", `is ${days}`, "write 30 to 730"),
    ...faultIf(
      quota !== undefined && quota !== -1 && quota <= 0,
      "workspaceCapping.dailyQuotaGb",
      `is ${quota}`,
      "write more than 0, or -1 for no limit",
    ),
  ];
}

function diagnostics(inputs: Inputs): readonly Fault[] {
  const nowhere = ["workspaceId", "storageAccountId", "eventHubAuthorizationRuleId"].every((name) =>
    lacks(inputs, name),
  );
  const both = list(inputs, "logs").flatMap((log, index) =>
    faultIf(
      notOne(log, ["category", "categoryGroup"]) !== undefined,
      `logs[${index}].category`,
      "must be set, or else categoryGroup, and not both",
      "set one of them",
    ),
  );
  return [...both, ...faultIf(nowhere, "workspaceId", "is missing, and so is every other target", "set it")];
}
