import type { PodMonitor, ServiceMonitor } from "../imports/azmonitoring.coreos.com";
import { Component, type Scope } from "./component";
import { containerInsightsSettings } from "./monitoring/container-insights";
import { type PrometheusTarget, prometheusSettings } from "./monitoring/prometheus-settings";
import { add } from "./object";

/**
 * How each add-on shows its metrics, as its chart names things; the namespace has the add-on's name.
 * `metrics` is a port of the pods, or of the Services where the pods' ports are named differently (Kyverno).
 */
const ADDON_METRICS = {
  "cert-manager": { on: "pods", labels: { "app.kubernetes.io/instance": "cert-manager" }, port: "http-metrics" },
  "external-secrets": { on: "pods", labels: { "app.kubernetes.io/instance": "external-secrets" }, port: "metrics" },
  kiali: { on: "pods", labels: { "app.kubernetes.io/instance": "kiali" }, port: "http-metrics" },
  kyverno: { on: "services", labels: { "app.kubernetes.io/part-of": "kyverno" }, port: "metrics-port" },
  reloader: { on: "pods", labels: { app: "reloader" }, port: "http" },
} as const;

/** An add-on with metrics. */
export type MonitoredAddon = keyof typeof ADDON_METRICS;

/** Props of {@link Monitoring}. */
export interface MonitoringProps {
  /** Name of the cluster, as its metrics carry it. */
  readonly cluster: string;
  /** Add-ons that the cluster runs. */
  readonly addons: readonly MonitoredAddon[];
  /** Time between two scrapes, as a Go duration. Halving it doubles what metrics cost. @default "30s" */
  readonly interval?: string;
  /** Metrics to keep of a target beyond Azure's minimal set, each a regular expression. @default how autoscalers and disruption budgets are */
  readonly keep?: Partial<Readonly<Record<PrometheusTarget, string>>>;
  /** Namespaces whose logs are not collected. @default kube-system and gatekeeper-system, as Azure has it */
  readonly quietNamespaces?: readonly string[];
}

/**
 * What Azure's agents collect. The agents themselves are AKS's, and so are the kinds of the group azmonitoring.coreos.com:
 * monitors of the ordinary group are not read. The mesh's metrics are configured by the component `istio`.
 */
export class Monitoring extends Component {
  constructor(scope: Scope, props: MonitoringProps) {
    super(scope, "monitoring", { dependsOn: ["namespaces"], after: [...props.addons].sort() });
    const { cluster, interval = "30s", quietNamespaces = ["kube-system", "gatekeeper-system"] } = props;
    const keep = props.keep ?? {
      kubestate: "kube_horizontalpodautoscaler_status_.*|kube_poddisruptionbudget_status_.*",
    };
    add(this, prometheusSettings({ cluster, interval, keep }));
    add(this, containerInsightsSettings({ quietNamespaces }));
    for (const addon of props.addons) addMonitor(this, addon, interval);
  }
}

/** Beyond these the workspace drops a sample. Source: learn.microsoft.com/azure/azure-monitor/containers/prometheus-metrics-scrape-crd. */
const LIMITS = { labelLimit: 63, labelNameLengthLimit: 511, labelValueLengthLimit: 1023 } as const;

function addMonitor(scope: Scope, addon: MonitoredAddon, interval: string): void {
  const { on, labels, port } = ADDON_METRICS[addon];
  const metadata = { name: addon, namespace: addon };
  const endpoint = {
    port,
    path: "/metrics",
    interval,
    // How the Go runtime of a controller is doing is not worth its samples.
    metricRelabelings: [{ action: "drop" as const, sourceLabels: ["__name__"], regex: "(go|process|promhttp)_.*" }],
  };
  const spec = { ...LIMITS, selector: { matchLabels: { ...labels } } };
  if (on === "pods") {
    add<PodMonitor>(scope, {
      apiVersion: "azmonitoring.coreos.com/v1",
      kind: "PodMonitor",
      metadata,
      spec: { ...spec, podMetricsEndpoints: [endpoint] },
    });
  } else {
    add<ServiceMonitor>(scope, {
      apiVersion: "azmonitoring.coreos.com/v1",
      kind: "ServiceMonitor",
      metadata,
      spec: { ...spec, endpoints: [endpoint] },
    });
  }
}
