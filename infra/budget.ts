import { Budget, CategoryType, OperatorType, ThresholdType, TimeGrainType } from "@pulumi/azure-native/consumption";
import { azureName, type Fleet } from "../clusters/fleet";
import type { Context } from "./context";

/** When somebody is told: at shares of the budget, spent or foreseen. */
const THRESHOLDS = [
  { name: "spent-80", percent: 80, type: ThresholdType.Actual },
  { name: "spent-100", percent: 100, type: ThresholdType.Actual },
  { name: "forecast-100", percent: 100, type: ThresholdType.Forecasted },
] as const;

/** The notifications of a fleet's budget. */
export function notifications(fleet: Fleet) {
  return Object.fromEntries(
    THRESHOLDS.map(({ name, percent, type }) => [
      name,
      {
        enabled: true,
        operator: OperatorType.GreaterThan,
        threshold: percent,
        thresholdType: type,
        contactEmails: [fleet.email],
      },
    ]),
  );
}

/** Creates the monthly budget of the subscription, to which all of the fleet is billed. Its start cannot be changed, so it is not looked at again. */
export function budget({ fleet, settings }: Context): Budget {
  return new Budget(
    azureName.budget(fleet),
    {
      budgetName: azureName.budget(fleet),
      scope: `/subscriptions/${settings.subscriptionId}`,
      category: CategoryType.Cost,
      amount: fleet.budget.monthlyUsd,
      timeGrain: TimeGrainType.Monthly,
      timePeriod: { startDate: settings.budgetStart },
      notifications: notifications(fleet),
    },
    { ignoreChanges: ["timePeriod"] },
  );
}
