import type { ConfigMap } from "../../imports/k8s";

/** Settings of the Container Insights agent. */
export interface ContainerInsightsSettings {
  /** Namespaces whose logs are not collected. */
  readonly quietNamespaces: readonly string[];
}

/**
 * The ConfigMap of the Container Insights agent. Its only schema is v1; errors in it show up in the table KubeMonAgentEvents.
 * Source: learn.microsoft.com/azure/azure-monitor/containers/container-insights-data-collection-configure.
 */
export function containerInsightsSettings({ quietNamespaces }: ContainerInsightsSettings): ConfigMap {
  const stream = (name: string) => [
    `[log_collection_settings.${name}]`,
    "  enabled = true",
    `  exclude_namespaces = ${JSON.stringify(quietNamespaces)}`,
  ];
  const onOff = (name: string, enabled: boolean) => [`[log_collection_settings.${name}]`, `  enabled = ${enabled}`];
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "container-azm-ms-agentconfig", namespace: "kube-system" },
    data: {
      "schema-version": "v1",
      "config-version": "ver1",
      "log-data-collection-settings": [
        "[log_collection_settings]",
        ...stream("stdout"),
        ...stream("stderr"),
        // On by default: it would copy every environment variable of every container to the workspace.
        ...onOff("env_var", false),
        ...onOff("enrich_container_logs", false),
        ...onOff("collect_all_kube_events", false),
        // The table ContainerLog of the first schema is retired since September 2026.
        "[log_collection_settings.schema]",
        '  containerlog_schema_version = "v2"',
      ].join("\n"),
      // Managed Prometheus does this.
      "prometheus-data-collection-settings": [
        "[prometheus_data_collection_settings.cluster]",
        "  monitor_kubernetes_pods = false",
      ].join("\n"),
    },
  };
}
