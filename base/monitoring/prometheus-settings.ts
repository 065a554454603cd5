import type { ConfigMap } from "../../imports/k8s";

/** What the agent can scrape by itself in a cluster of Linux nodes; the Windows and storage targets stay off. */
export type PrometheusTarget =
  | "kubelet"
  | "cadvisor"
  | "kubestate"
  | "nodeexporter"
  | "coredns"
  | "kubeproxy"
  | "apiserver"
  | "kappiebasic"
  | "networkobservabilityCilium";

/** Settings of the managed Prometheus agent. */
export interface PrometheusSettings {
  /** Name of the cluster, the label `cluster` of every metric. */
  readonly cluster: string;
  /** Time between two scrapes, as a Go duration. */
  readonly interval: string;
  /** Metrics to keep of a target beyond Azure's minimal set, each a regular expression. */
  readonly keep: Partial<Readonly<Record<PrometheusTarget, string>>>;
}

const SCRAPED: Readonly<Record<PrometheusTarget, boolean>> = {
  kubelet: true,
  cadvisor: true,
  kubestate: true,
  nodeexporter: true,
  coredns: true,
  // Cilium stands in for it.
  kubeproxy: false,
  // The control plane's own metrics below have it.
  apiserver: false,
  kappiebasic: true,
  networkobservabilityCilium: true,
};

/** Targets that Azure has on by default, or that only other clusters have. */
const NOT_SCRAPED = [
  "windowsexporter",
  "windowskubeproxy",
  "networkobservabilityRetina",
  "networkobservabilityHubble",
  "acstor-capacity-provisioner",
  "acstor-metrics-exporter",
  "local-csi-driver",
  "prometheuscollectorhealth",
] as const;

/** Parts of the control plane; AKS gives out the metrics of those that a cluster has. */
const CONTROL_PLANE = {
  apiserver: true,
  etcd: true,
  "node-auto-provisioning": true,
  "cluster-autoscaler": true,
  "kube-scheduler": false,
  "kube-controller-manager": false,
} as const;

/**
 * The ConfigMap of the managed Prometheus agent, in its second schema, the first that tells cluster and control plane apart.
 * The minimal profile keeps what Azure's dashboards and rules read; samples are what is paid for.
 * Source: learn.microsoft.com/azure/azure-monitor/containers/prometheus-metrics-scrape-configuration.
 */
export function prometheusSettings({ cluster, interval, keep }: PrometheusSettings): ConfigMap {
  const targets = Object.keys(SCRAPED);
  const off = Object.fromEntries(NOT_SCRAPED.map((target) => [target, false]));
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "ama-metrics-settings-configmap", namespace: "kube-system" },
    data: {
      "schema-version": "v2",
      // At most ten characters, for people.
      "config-version": "ver1",
      "prometheus-collector-settings": settings({ cluster_alias: cluster, "debug-mode": false, https_config: true }),
      "cluster-metrics": sections({
        "default-targets-scrape-enabled": { ...SCRAPED, ...off },
        // Pods are found by PodMonitors alone, so that none is scraped twice.
        "pod-annotation-based-scraping": { podannotationnamespaceregex: "" },
        "default-targets-metrics-keep-list": Object.fromEntries(
          targets.map((target) => [target, keep[target as PrometheusTarget] ?? ""]),
        ),
        "minimal-ingestion-profile": { enabled: true },
        "default-targets-scrape-interval-settings": Object.fromEntries(targets.map((target) => [target, interval])),
      }),
      "controlplane-metrics": sections({
        "default-targets-scrape-enabled": CONTROL_PLANE,
        "default-targets-metrics-keep-list": Object.fromEntries(Object.keys(CONTROL_PLANE).map((part) => [part, ""])),
        "minimal-ingestion-profile": { enabled: true },
      }),
    },
  };
}

type Settings = Readonly<Record<string, string | boolean>>;

/** `key = value` lines, as the agent reads them. */
function settings(values: Settings): string {
  return Object.entries(values)
    .map(([key, value]) => `${key} = ${typeof value === "string" ? JSON.stringify(value) : value}`)
    .join("\n");
}

/** YAML whose values are blocks of such lines. */
function sections(blocks: Readonly<Record<string, Settings>>): string {
  return Object.entries(blocks)
    .map(([name, values]) => `${name}: |-\n${settings(values).replace(/^/gm, "  ")}`)
    .join("\n");
}
