import {
  ApplicationType,
  Component,
  FlowType,
  IngestionMode,
  RequestSource,
} from "@pulumi/azure-native/applicationinsights";
import { ActionGroup, AzureMonitorWorkspace } from "@pulumi/azure-native/monitor";
import { Workspace, WorkspaceSkuNameEnum } from "@pulumi/azure-native/operationalinsights";
import { azureName, type Fleet } from "../../clusters/fleet";
import { type Context, holdsData, tagsOf } from "../context";
import type { Groups } from "../groups";

/** Where a fleet's metrics, logs, traces and alerts go: outside of every cluster, so that they outlive it. */
export interface Workspaces {
  readonly logs: Workspace;
  readonly metrics: AzureMonitorWorkspace;
  readonly traces: Component;
  readonly alerts: ActionGroup;
}

/** Days that logs and traces are kept at their base price. */
const RETENTION = { logs: 30, traces: 90 } as const;

/** The most that may be logged in a day, in GB, so that a loop that logs cannot spend the budget; the Free tier is for demonstrations. */
export function dailyQuotaGb(fleet: Fleet): number {
  return fleet.tier === "Free" ? 1 : 2 * fleet.clusters.length;
}

/** Creates the workspaces and the action group. */
export function workspaces({ fleet, settings }: Context, groups: Groups): Workspaces {
  const common = { resourceGroupName: groups.common.name, location: fleet.region, tags: tagsOf(fleet) };
  const data = holdsData(settings);
  const logs = new Workspace(
    azureName.logWorkspace(fleet),
    {
      ...common,
      workspaceName: azureName.logWorkspace(fleet),
      sku: { name: WorkspaceSkuNameEnum.PerGB2018 },
      retentionInDays: RETENTION.logs,
      workspaceCapping: { dailyQuotaGb: dailyQuotaGb(fleet) },
      features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true },
    },
    data,
  );
  const metrics = new AzureMonitorWorkspace(
    azureName.monitorWorkspace(fleet),
    { ...common, azureMonitorWorkspaceName: azureName.monitorWorkspace(fleet) },
    data,
  );
  const traces = new Component(
    azureName.applicationInsights(fleet),
    {
      ...common,
      resourceName: azureName.applicationInsights(fleet),
      kind: "web",
      applicationType: ApplicationType.Web,
      flowType: FlowType.Bluefield,
      requestSource: RequestSource.Rest,
      ingestionMode: IngestionMode.LogAnalytics,
      workspaceResourceId: logs.id,
      retentionInDays: RETENTION.traces,
    },
    data,
  );
  return { logs, metrics, traces, alerts: actionGroup(fleet, groups) };
}

function actionGroup(fleet: Fleet, groups: Groups): ActionGroup {
  const name = azureName.actionGroup(fleet);
  return new ActionGroup(name, {
    actionGroupName: name,
    resourceGroupName: groups.common.name,
    location: "Global",
    enabled: true,
    // At most 12 characters (Azure), shown in messages.
    groupShortName: fleet.name.slice(0, 12),
    emailReceivers: [{ name: "platform", emailAddress: fleet.email, useCommonAlertSchema: true }],
    tags: tagsOf(fleet),
  });
}
