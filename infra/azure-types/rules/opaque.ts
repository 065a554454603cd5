import { isObject } from "../unknown";
import { at, entries, isSet, lacks, list, text } from "./read";
import { type Fault, faultIf, type Inputs, type Rule } from "./rule";

const LOGIC = "learn.microsoft.com/azure/logic-apps/logic-apps-workflow-actions-triggers";

/** Rules about what Azure's types let be anything: the definition of a Logic App, and the settings of Container Insights. */
export const OPAQUE_RULES: readonly Rule[] = [
  {
    id: "logic-definition",
    source: "learn.microsoft.com/azure/logic-apps/logic-apps-workflow-definition-language",
    tokens: ["logic:Workflow"],
    check: definition,
  },
  {
    id: "logic-recurrence",
    source: `${LOGIC}#recurrence-trigger: time zones by their Windows names`,
    tokens: ["logic:Workflow"],
    check: (inputs) =>
      entries(inputs, "definition", "triggers").flatMap(([name, trigger]) => recurrence(name, trigger)),
  },
  {
    id: "logic-http",
    source: `${LOGIC}#http-action; learn.microsoft.com/azure/logic-apps/authenticate-with-managed-identity`,
    tokens: ["logic:Workflow"],
    check: (inputs) => entries(inputs, "definition", "actions").flatMap(([name, action]) => http(inputs, name, action)),
  },
  {
    id: "insights-settings",
    source: "learn.microsoft.com/azure/azure-monitor/containers/container-insights-data-collection-configure",
    tokens: ["monitor:DataCollectionRule"],
    check: insights,
  },
];

function definition(inputs: Inputs): readonly Fault[] {
  if (!isObject(at(inputs, "definition"))) return [];
  return ["$schema", "triggers", "actions"].flatMap((name) =>
    faultIf(lacks(inputs, "definition", name), `definition.${name}`, "is missing", "set it"),
  );
}

const FREQUENCIES = ["Second", "Minute", "Hour", "Day", "Week", "Month"];
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function recurrence(name: string, trigger: unknown): readonly Fault[] {
  if (text(trigger, "type") !== "Recurrence") return [];
  const path = `definition.triggers.${name}.recurrence`;
  const frequency = text(trigger, "recurrence", "frequency");
  const zone = text(trigger, "recurrence", "timeZone");
  const schedule = at(trigger, "recurrence", "schedule");
  const days = list(schedule, "weekDays").map((day) => text(day));
  const hours = list(schedule, "hours").map((hour) => Number(at(hour)));
  const weekly = frequency === "Week" || frequency === undefined;
  return [
    ...faultIf(
      frequency !== undefined && !FREQUENCIES.includes(frequency),
      `${path}.frequency`,
      `is ${frequency}`,
      `write one of ${FREQUENCIES.join(", ")}`,
    ),
    ...faultIf(
      zone?.includes("/") ?? false,
      `${path}.timeZone`,
      `is ${zone}, a name of the IANA`,
      "write the Windows name, such as Korea Standard Time",
    ),
    ...faultIf(!weekly && days.length > 0, `${path}.schedule.weekDays`, "goes with the frequency Week", "leave it out"),
    ...days.flatMap((day, index) =>
      faultIf(
        day !== undefined && !WEEKDAYS.includes(day),
        `${path}.schedule.weekDays[${index}]`,
        `is ${day}`,
        `write one of ${WEEKDAYS.join(", ")}`,
      ),
    ),
    ...hours.flatMap((hour, index) =>
      faultIf(hour < 0 || hour > 23, `${path}.schedule.hours[${index}]`, `is ${hour}`, "write 0 to 23"),
    ),
  ];
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

function http(inputs: Inputs, name: string, action: unknown): readonly Fault[] {
  if (text(action, "type")?.toLowerCase() !== "http") return [];
  const path = `definition.actions.${name}.inputs`;
  const method = text(action, "inputs", "method");
  const managed = text(action, "inputs", "authentication", "type") === "ManagedServiceIdentity";
  return [
    ...faultIf(
      method !== undefined && !METHODS.includes(method),
      `${path}.method`,
      `is ${method}`,
      `write one of ${METHODS.join(", ")}`,
    ),
    ...faultIf(lacks(action, "inputs", "uri"), `${path}.uri`, "is missing", "set it"),
    ...faultIf(
      managed && lacks(inputs, "identity"),
      "identity",
      `is missing; the action ${name} signs in with it`,
      "give the workflow an identity",
    ),
    ...faultIf(
      managed && lacks(action, "inputs", "authentication", "audience"),
      `${path}.authentication.audience`,
      "is missing; the token would be for nobody",
      "write https://management.azure.com/",
    ),
  ];
}

const MODES = ["Off", "Include", "Exclude"];
const SETTINGS = ["interval", "namespaceFilteringMode", "namespaces", "enableContainerLogV2", "streams"];

function insights(inputs: Inputs): readonly Fault[] {
  return list(inputs, "dataSources", "extensions").flatMap((extension, index) => {
    if (text(extension, "extensionName") !== "ContainerInsights") return [];
    const path = `dataSources.extensions[${index}].extensionSettings.dataCollectionSettings`;
    const settings = at(extension, "extensionSettings", "dataCollectionSettings");
    const interval = text(settings, "interval");
    const minutes = Number(/^(\d+)m$/.exec(interval ?? "")?.[1] ?? 0);
    const mode = text(settings, "namespaceFilteringMode");
    const version = at(settings, "enableContainerLogV2");
    return [
      ...entries(settings).flatMap(([name]) =>
        faultIf(
          !SETTINGS.includes(name),
          `${path}.${name}`,
          "is not a setting of the agent",
          `write one of ${SETTINGS.join(", ")}`,
        ),
      ),
      ...faultIf(
        interval !== undefined && (minutes < 1 || minutes > 30),
        `${path}.interval`,
        `is ${interval}`,
        "write 1m to 30m",
      ),
      ...faultIf(
        mode !== undefined && !MODES.includes(mode),
        `${path}.namespaceFilteringMode`,
        `is ${mode}`,
        `write one of ${MODES.join(", ")}`,
      ),
      ...faultIf(
        version !== undefined && typeof version !== "boolean",
        `${path}.enableContainerLogV2`,
        `is ${version}`,
        "write true or false",
      ),
      ...faultIf(
        isSet(settings, "namespaces") && mode === "Off",
        `${path}.namespaces`,
        "counts for nothing while the mode is Off",
        "write Include or Exclude",
      ),
    ];
  });
}
