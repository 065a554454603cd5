/** A rule that tells somebody. */
export interface AlertRule {
  readonly alert: string;
  readonly expression: string;
  /** How long it must hold, as ISO 8601. */
  readonly for: string;
  /** 0 critical, 1 error, 2 warning, 3 informational (Azure Monitor). */
  readonly severity: 0 | 1 | 2 | 3;
  readonly summary: string;
}

/** Nodes and quotas that run full. */
const CAPACITY: readonly AlertRule[] = [
  {
    alert: "NodeMemoryPressure",
    expression: '(1 - node_memory_MemAvailable_bytes{job="node"} / node_memory_MemTotal_bytes{job="node"}) > 0.85',
    for: "PT5M",
    severity: 2,
    summary: "{{ $labels.instance }} uses more than 85 % of its memory",
  },
  {
    alert: "NodeDiskPressure",
    expression:
      '(1 - node_filesystem_avail_bytes{job="node",mountpoint="/"} / node_filesystem_size_bytes{job="node",mountpoint="/"}) > 0.80',
    for: "PT5M",
    severity: 2,
    summary: "{{ $labels.instance }} uses more than 80 % of its disk",
  },
  {
    alert: "PodResourceQuotaExhausted",
    expression:
      '(kube_resourcequota{type="used"} / on (cluster, namespace, resourcequota, resource) (kube_resourcequota{type="hard"} > 0)) > 0.90',
    for: "PT1M",
    severity: 1,
    summary: "{{ $labels.namespace }} has used more than 90 % of its quota of {{ $labels.resource }}",
  },
  {
    alert: "NodeNotReady",
    expression: 'kube_node_status_condition{condition="Ready",status="true"} == 0',
    for: "PT15M",
    severity: 2,
    summary: "{{ $labels.node }} has not been ready for 15 minutes",
  },
];

/** Volumes that run full. */
const STORAGE: readonly AlertRule[] = [
  {
    alert: "PVCNearlyFull",
    expression: "(kubelet_volume_stats_used_bytes / kubelet_volume_stats_capacity_bytes) > 0.85",
    for: "PT5M",
    severity: 2,
    summary: "{{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} is more than 85 % full",
  },
  {
    alert: "PVCCriticallyFull",
    expression: "(kubelet_volume_stats_used_bytes / kubelet_volume_stats_capacity_bytes) > 0.95",
    for: "PT1M",
    severity: 1,
    summary: "{{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} is more than 95 % full; act now",
  },
];

/** Workloads that do not run. A cluster of Spot machines only leaves them waiting where a region has none left. */
const WORKLOADS: readonly AlertRule[] = [
  {
    alert: "PodsPending",
    expression: 'sum by (cluster, namespace) (kube_pod_status_phase{phase="Pending"}) > 0',
    for: "PT15M",
    severity: 2,
    summary: "Pods in {{ $labels.namespace }} have waited for a node for 15 minutes",
  },
  {
    alert: "ContainerRestarts",
    expression: 'increase(kube_pod_container_status_restarts_total{job="kube-state-metrics"}[15m]) > 3',
    for: "PT5M",
    severity: 2,
    summary: "{{ $labels.container }} of {{ $labels.pod }} in {{ $labels.namespace }} keeps restarting",
  },
];

/** The alerts, by rule group. */
export const ALERT_GROUPS: Readonly<Record<string, readonly AlertRule[]>> = {
  capacity: CAPACITY,
  storage: STORAGE,
  workloads: WORKLOADS,
};
