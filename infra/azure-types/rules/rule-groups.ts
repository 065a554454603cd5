import { at, isSet, lacks, list, notOne, number, text } from "./read";
import { type Fault, faultIf, type Inputs, type Rule } from "./rule";

const GROUP = ["alertsmanagement:PrometheusRuleGroup"];

/** Rules about groups of Prometheus rules. */
export const RULE_GROUP_RULES: readonly Rule[] = [
  {
    id: "rule-group-interval",
    source: "learn.microsoft.com/rest/api/monitor/prometheus-rule-groups/create-or-update: between 1 and 15 minutes",
    tokens: GROUP,
    check: interval,
  },
  {
    id: "rule-group-rules",
    source: "learn.microsoft.com/azure/azure-monitor/essentials/prometheus-rule-groups",
    tokens: GROUP,
    check: rules,
  },
];

/** Minutes of an ISO 8601 duration of days, hours, minutes and seconds; `undefined` when it is none. */
export function minutesOf(duration: string): number | undefined {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (!match || duration === "P" || duration.endsWith("T")) return undefined;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  return days * 1440 + hours * 60 + minutes + seconds / 60;
}

function interval(inputs: Inputs): readonly Fault[] {
  const given = text(inputs, "interval");
  const minutes = given === undefined ? undefined : minutesOf(given);
  const wrong = given !== undefined && (minutes === undefined || minutes < 1 || minutes > 15);
  return faultIf(wrong, "interval", `is ${given}`, "write PT1M to PT15M");
}

function rules(inputs: Inputs): readonly Fault[] {
  const scopes = at(inputs, "scopes");
  const each = list(inputs, "rules").flatMap((rule, index) => {
    const path = `rules[${index}]`;
    const count = notOne(rule, ["alert", "record"]);
    const severity = number(rule, "severity");
    const records = isSet(rule, "record") && lacks(rule, "alert");
    const only = ["for", "severity", "annotations", "actions", "resolveConfiguration"].filter(
      (name) => records && isSet(rule, name),
    );
    const duration = text(rule, "for");
    return [
      ...faultIf(
        count !== undefined,
        `${path}.alert`,
        count === "none" ? "is missing, and so is record" : "stands beside record",
        "set one of alert and record",
      ),
      ...faultIf(
        severity !== undefined && (severity < 0 || severity > 4),
        `${path}.severity`,
        `is ${severity}`,
        "write 0 to 4",
      ),
      ...faultIf(
        duration !== undefined && minutesOf(duration) === undefined,
        `${path}.for`,
        `is ${duration}`,
        "write a duration like PT15M",
      ),
      ...faultIf(text(rule, "expression")?.trim() === "", `${path}.expression`, "is empty", "write PromQL"),
      ...only.map((name) => ({
        path: `${path}.${name}`,
        reason: "goes with an alert, not with a recording rule",
        fix: "leave it out",
      })),
    ];
  });
  return [
    ...each,
    ...faultIf(Array.isArray(scopes) && scopes.length === 0, "scopes", "is empty", "name the Azure Monitor workspace"),
    ...faultIf(list(inputs, "rules").length > 20, "rules", "has more than the 20 rules a group may have", "split it"),
  ];
}
