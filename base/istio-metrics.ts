import type { ConfigMap } from "../imports/k8s";
import { embeddedYaml } from "./embedded";
import { ISTIOD_METRICS_PORT, MESH_NAMESPACE, SIDECAR_METRICS_PORT } from "./mesh";

/** A pod is known by these labels in every metric; Kiali and the alerts group by them. */
const POD_LABELS = [
  { source_labels: ["__meta_kubernetes_namespace"], target_label: "namespace" },
  { source_labels: ["__meta_kubernetes_pod_name"], target_label: "pod" },
] as const;

/**
 * Scrape jobs for the mesh, in the ConfigMap that the managed Prometheus agent reads. Sidecars are found by a port that only they
 * have, so that pods with `prometheus.io` annotations are not scraped a second time beside their PodMonitor. Replacements are
 * written `$1`, which Flux leaves alone, never `${1}`.
 * Source: learn.microsoft.com/azure/aks/istio-metrics-managed-prometheus.
 */
export function meshScrapeConfig(): ConfigMap {
  const config = {
    global: { scrape_interval: "30s" },
    scrape_configs: [
      {
        job_name: "istio-proxies",
        metrics_path: "/stats/prometheus",
        kubernetes_sd_configs: [{ role: "pod" }],
        relabel_configs: [
          { source_labels: ["__meta_kubernetes_pod_container_port_name"], action: "keep", regex: ".*-envoy-prom" },
          {
            source_labels: ["__meta_kubernetes_pod_ip"],
            target_label: "__address__",
            replacement: `$1:${SIDECAR_METRICS_PORT}`,
          },
          ...POD_LABELS,
        ],
        // Azure Monitor bills by sample, and Envoy's own statistics are many times the mesh's.
        metric_relabel_configs: [{ source_labels: ["__name__"], action: "drop", regex: "envoy_.*" }],
      },
      {
        job_name: "istiod",
        kubernetes_sd_configs: [{ role: "pod", namespaces: { names: [MESH_NAMESPACE] } }],
        relabel_configs: [
          {
            source_labels: ["__meta_kubernetes_pod_container_port_number"],
            action: "keep",
            regex: String(ISTIOD_METRICS_PORT),
          },
          ...POD_LABELS,
        ],
      },
    ],
  };
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "ama-metrics-prometheus-config", namespace: "kube-system" },
    data: { "prometheus-config": embeddedYaml(config) },
  };
}
