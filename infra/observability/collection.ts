import type { ManagedCluster } from "@pulumi/azure-native/containerservice";
import {
  DataCollectionEndpoint,
  DataCollectionRule,
  DataCollectionRuleAssociation,
  KnownDataCollectionEndpointResourceKind,
  KnownDataCollectionRuleResourceKind,
  KnownPrometheusForwarderDataSourceStreams,
  KnownPublicNetworkAccessOptions,
} from "@pulumi/azure-native/monitor";
import { azureName, type Cluster } from "../../clusters/fleet";
import { type Context, tagsOf } from "../context";
import { type Groups, of } from "../groups";
import type { Workspaces } from "./workspaces";

/** Name that Container Insights' agent looks for; another is ignored. Source: learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable. */
const CONTAINER_INSIGHTS_ASSOCIATION = "ContainerInsightsExtension";

/** What Container Insights sends: logs, events and an inventory. Numbers come by Prometheus, at a fraction of the price. */
const LOG_STREAMS = ["Microsoft-ContainerLogV2", "Microsoft-KubeEvents", "Microsoft-KubePodInventory"] as const;

/** Namespaces whose logs are not kept: AKS's own, which Microsoft operates. */
const UNLOGGED_NAMESPACES = ["kube-system", "gatekeeper-system"] as const;

/** Collects a cluster's metrics and logs: switching the agents on sends nothing. Returns what alerts wait for. */
export function collection(
  context: Context,
  groups: Groups,
  cluster: Cluster,
  managed: ManagedCluster,
  workspaces: Workspaces,
): readonly DataCollectionRuleAssociation[] {
  const { fleet } = context;
  const common = {
    resourceGroupName: of(groups.clusters, cluster).name,
    location: fleet.region,
    tags: tagsOf(fleet, cluster),
  };
  const metrics = azureName.metricsCollection(fleet, cluster.name);
  const logs = azureName.logsCollection(fleet, cluster.name);
  const endpoint = new DataCollectionEndpoint(metrics, {
    ...common,
    dataCollectionEndpointName: metrics,
    kind: KnownDataCollectionEndpointResourceKind.Linux,
    networkAcls: { publicNetworkAccess: KnownPublicNetworkAccessOptions.Enabled },
  });
  const metricsRule = new DataCollectionRule(metrics, {
    ...common,
    dataCollectionRuleName: metrics,
    kind: KnownDataCollectionRuleResourceKind.Linux,
    dataCollectionEndpointId: endpoint.id,
    dataSources: {
      prometheusForwarder: [
        {
          name: "PrometheusDataSource",
          streams: [KnownPrometheusForwarderDataSourceStreams.Microsoft_PrometheusMetrics],
        },
      ],
    },
    destinations: { monitoringAccounts: [{ name: "metrics", accountResourceId: workspaces.metrics.id }] },
    dataFlows: [
      { streams: [KnownPrometheusForwarderDataSourceStreams.Microsoft_PrometheusMetrics], destinations: ["metrics"] },
    ],
  });
  const logsRule = new DataCollectionRule(logs, {
    ...common,
    dataCollectionRuleName: logs,
    kind: KnownDataCollectionRuleResourceKind.Linux,
    dataSources: {
      extensions: [
        {
          name: CONTAINER_INSIGHTS_ASSOCIATION,
          extensionName: "ContainerInsights",
          streams: [...LOG_STREAMS],
          extensionSettings: {
            dataCollectionSettings: {
              interval: "1m",
              namespaceFilteringMode: "Exclude",
              namespaces: [...UNLOGGED_NAMESPACES],
              enableContainerLogV2: true,
            },
          },
        },
      ],
    },
    destinations: { logAnalytics: [{ name: "logs", workspaceResourceId: workspaces.logs.id }] },
    dataFlows: [{ streams: [...LOG_STREAMS], destinations: ["logs"] }],
  });
  const associate = (name: string, rule: DataCollectionRule) =>
    new DataCollectionRuleAssociation(
      `${azureName.cluster(cluster.name)}-${name}`,
      { associationName: name, dataCollectionRuleId: rule.id, resourceUri: managed.id },
      { parent: managed },
    );
  return [associate(metrics, metricsRule), associate(CONTAINER_INSIGHTS_ASSOCIATION, logsRule)];
}
