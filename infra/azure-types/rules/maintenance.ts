import { at, isSet, lacks, notOne, text, texts } from "./read";
import { type Fault, faultIf, type Inputs, type Rule } from "./rule";

const AKS = "learn.microsoft.com/azure/aks";

/** Rules about when AKS may change a cluster, and who else may reach into it. */
export const MAINTENANCE_RULES: readonly Rule[] = [
  {
    id: "maintenance-name",
    source: `${AKS}/planned-maintenance: schedule configuration types`,
    tokens: ["containerservice:MaintenanceConfiguration"],
    check: maintenanceName,
  },
  {
    id: "maintenance-window",
    source: `${AKS}/planned-maintenance: schedule configuration types`,
    tokens: ["containerservice:MaintenanceConfiguration"],
    check: maintenanceWindow,
  },
  {
    id: "trusted-access-role",
    source: `${AKS}/trusted-access-feature`,
    tokens: ["containerservice:TrustedAccessRoleBinding"],
    check: trustedAccess,
  },
];

const WINDOWS = ["aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"];

function maintenanceName(inputs: Inputs): readonly Fault[] {
  const name = text(inputs, "configName");
  const wrong = lacks(inputs, "configName") || (name !== undefined && ![...WINDOWS, "default"].includes(name));
  return faultIf(
    wrong,
    "configName",
    name === undefined ? "is missing" : `is ${name}, which AKS does not know`,
    `write ${WINDOWS.join(", ")} or default`,
  );
}

function maintenanceWindow(inputs: Inputs): readonly Fault[] {
  const name = text(inputs, "configName") ?? "";
  const named = WINDOWS.includes(name);
  const schedule = isSet(inputs, "maintenanceWindow", "schedule")
    ? at(inputs, "maintenanceWindow", "schedule")
    : undefined;
  const kinds =
    schedule === undefined ? undefined : notOne(schedule, ["daily", "weekly", "absoluteMonthly", "relativeMonthly"]);
  return [
    ...faultIf(
      named && lacks(inputs, "maintenanceWindow"),
      "maintenanceWindow",
      `is missing; ${name} is a window`,
      "set it",
    ),
    ...faultIf(
      named && isSet(inputs, "timeInWeek"),
      "timeInWeek",
      `goes with default, not with ${name}`,
      "set maintenanceWindow instead",
    ),
    ...faultIf(
      name === "default" && isSet(inputs, "maintenanceWindow") && isSet(inputs, "timeInWeek"),
      "timeInWeek",
      "stands beside maintenanceWindow",
      "keep one of them",
    ),
    ...faultIf(
      kinds !== undefined,
      "maintenanceWindow.schedule",
      `has ${kinds} of the kinds of schedule`,
      "set exactly one",
    ),
  ];
}

function trustedAccess(inputs: Inputs): readonly Fault[] {
  return texts(inputs, "roles").flatMap((role, index) =>
    faultIf(
      !/^Microsoft\.[A-Za-z]+\/[A-Za-z]+\/[a-z-]+$/.test(role),
      `roles[${index}]`,
      `is ${role}`,
      "write <provider>/<type>/<role>, such as Microsoft.DataProtection/backupVaults/backup-operator",
    ),
  );
}
