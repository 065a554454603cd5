import { PrometheusRuleGroup } from "@pulumi/azure-native/alertsmanagement";
import type { ManagedCluster } from "@pulumi/azure-native/containerservice";
import type * as pulumi from "@pulumi/pulumi";
import { azureName, type Cluster } from "../../clusters/fleet";
import { type Context, tagsOf } from "../context";
import { type Groups, of } from "../groups";
import { ALERT_GROUPS, type AlertRule } from "./alert-rules";
import { KUBERNETES_RULES, NODE_RULES } from "./recording-rules";
import type { Workspaces } from "./workspaces";

/** The recording rules, by the group names that AKS's own tools give them; without them the portal's dashboards stay empty. */
const RECORDING_GROUPS = {
  NodeRecordingRulesRuleGroup: NODE_RULES,
  KubernetesRecordingRulesRuleGroup: KUBERNETES_RULES,
} as const;

/** Creates a cluster's rule groups, once its metrics arrive. */
export function ruleGroups(
  { fleet }: Context,
  groups: Groups,
  cluster: Cluster,
  managed: ManagedCluster,
  workspaces: Workspaces,
  dependsOn: readonly pulumi.Resource[],
): void {
  const tell = [{ actionGroupId: workspaces.alerts.id }];
  const create = (rules: string, content: readonly RuleArgs[], description: string) => {
    const name = azureName.ruleGroup(cluster.name, rules);
    new PrometheusRuleGroup(
      name,
      {
        ruleGroupName: name,
        resourceGroupName: of(groups.clusters, cluster).name,
        location: fleet.region,
        description,
        enabled: true,
        clusterName: azureName.cluster(cluster.name),
        interval: "PT1M",
        scopes: [workspaces.metrics.id, managed.id],
        rules: [...content],
        tags: tagsOf(fleet, cluster),
      },
      { dependsOn: [...dependsOn] },
    );
  };
  for (const [name, rules] of Object.entries(RECORDING_GROUPS)) {
    create(
      name,
      rules.map((rule) => ({ ...rule, enabled: true })),
      "Series that dashboards read",
    );
  }
  for (const [name, rules] of Object.entries(ALERT_GROUPS)) {
    create(
      name,
      rules.map((rule) => alertArgs(rule, tell)),
      `Alerts about ${name}`,
    );
  }
}

type RuleArgs =
  | ReturnType<typeof alertArgs>
  | { readonly record: string; readonly expression: string; readonly enabled: boolean };

function alertArgs({ summary, ...rule }: AlertRule, actions: { readonly actionGroupId: pulumi.Input<string> }[]) {
  return {
    ...rule,
    enabled: true,
    annotations: { summary },
    actions,
    resolveConfiguration: { autoResolved: true, timeToResolve: "PT10M" },
  };
}
