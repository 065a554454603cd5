import { CLUSTER_ID, COMMON, id, LOGS_ID, resource, SUBSCRIPTION } from "./resource";

const WORKSPACE = id("Microsoft.Monitor/accounts", "amw-k8s-demo");
const ENDPOINT = id("Microsoft.Insights/dataCollectionEndpoints", "MSProm-koreacentral-aks-mgmt");

/** What observes the clusters, in a form that Azure takes. */
export const MONITORING = {
  logs: resource("operationalinsights:Workspace", "log-k8s-demo", {
    ...COMMON,
    workspaceName: "log-k8s-demo",
    sku: { name: "PerGB2018" },
    retentionInDays: 30,
    workspaceCapping: { dailyQuotaGb: 1.5 },
    features: { disableLocalAuth: true },
  }),
  insights: resource("applicationinsights:Component", "appi-k8s-demo", {
    ...COMMON,
    resourceName: "appi-k8s-demo",
    kind: "web",
    applicationType: "web",
    ingestionMode: "LogAnalytics",
    workspaceResourceId: LOGS_ID,
    disableIpMasking: false,
    samplingPercentage: 12.5,
  }),
  workspace: resource("monitor:AzureMonitorWorkspace", "amw-k8s-demo", {
    ...COMMON,
    azureMonitorWorkspaceName: "amw-k8s-demo",
    publicNetworkAccess: "Enabled",
  }),
  collectionEndpoint: resource("monitor:DataCollectionEndpoint", "mgmt-metrics", {
    ...COMMON,
    dataCollectionEndpointName: "MSProm-koreacentral-aks-mgmt",
    kind: "Linux",
    description: "Metrics of mgmt",
    networkAcls: { publicNetworkAccess: "Enabled" },
  }),
  metricsRule: resource("monitor:DataCollectionRule", "mgmt-metrics", {
    ...COMMON,
    dataCollectionRuleName: "MSProm-koreacentral-aks-mgmt",
    kind: "Linux",
    description: "Metrics of mgmt",
    dataCollectionEndpointId: ENDPOINT,
    dataSources: {
      prometheusForwarder: [{ name: "PrometheusDataSource", streams: ["Microsoft-PrometheusMetrics"] }],
    },
    destinations: { monitoringAccounts: [{ name: "workspace", accountResourceId: WORKSPACE }] },
    dataFlows: [{ streams: ["Microsoft-PrometheusMetrics"], destinations: ["workspace"] }],
  }),
  logsRule: resource("monitor:DataCollectionRule", "mgmt-logs", {
    ...COMMON,
    dataCollectionRuleName: "MSCI-koreacentral-aks-mgmt",
    kind: "Linux",
    dataSources: {
      extensions: [
        {
          name: "ContainerInsightsExtension",
          extensionName: "ContainerInsights",
          streams: ["Microsoft-ContainerLogV2", "Microsoft-KubeEvents", "Microsoft-KubePodInventory"],
          extensionSettings: {
            dataCollectionSettings: { interval: "1m", namespaceFilteringMode: "Off", enableContainerLogV2: true },
          },
        },
      ],
    },
    destinations: { logAnalytics: [{ name: "logs", workspaceResourceId: LOGS_ID }] },
    dataFlows: [
      {
        streams: ["Microsoft-ContainerLogV2", "Microsoft-KubeEvents", "Microsoft-KubePodInventory"],
        destinations: ["logs"],
      },
    ],
  }),
  association: resource("monitor:DataCollectionRuleAssociation", "mgmt-logs", {
    resourceUri: CLUSTER_ID,
    associationName: "ContainerInsightsExtension",
    dataCollectionRuleId: id("Microsoft.Insights/dataCollectionRules", "MSCI-koreacentral-aks-mgmt"),
    description: "Logs of mgmt",
  }),
  actions: resource("monitor:ActionGroup", "ag-k8s-demo", {
    ...COMMON,
    location: "global",
    actionGroupName: "ag-k8s-demo",
    groupShortName: "k8s-demo",
    enabled: true,
    emailReceivers: [{ name: "platform", emailAddress: "platform@example.com", useCommonAlertSchema: true }],
  }),
  ruleGroup: resource("alertsmanagement:PrometheusRuleGroup", "mgmt-capacity", {
    ...COMMON,
    ruleGroupName: "capacity-aks-mgmt",
    description: "Capacity of mgmt",
    enabled: true,
    clusterName: "aks-mgmt",
    interval: "PT1M",
    scopes: [WORKSPACE, CLUSTER_ID],
    rules: [
      { record: "node:cpu:ratio", expression: "sum(rate(node_cpu_seconds_total[5m]))", enabled: true },
      {
        alert: "NodeDiskPressure",
        expression: 'kube_node_status_condition{condition="DiskPressure",status="true"} == 1',
        for: "PT15M",
        severity: 2,
        labels: { team: "platform" },
        annotations: { summary: "A node runs out of disk" },
        actions: [{ actionGroupId: id("Microsoft.Insights/actionGroups", "ag-k8s-demo") }],
        resolveConfiguration: { autoResolved: true, timeToResolve: "PT10M" },
      },
    ],
  }),
  defender: resource("security:Pricing", "containers", {
    scopeId: SUBSCRIPTION.slice(1),
    pricingName: "Containers",
    pricingTier: "Standard",
  }),
};
