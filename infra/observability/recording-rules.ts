/** A rule that computes a series from others. */
export interface RecordingRule {
  readonly record: string;
  readonly expression: string;
}

/** `kubelet` and `node` are the names that Azure's managed agent gives its built-in jobs. */
const NODE = 'job="node"';
const CADVISOR = 'job="cadvisor", image!=""';
const RANGE = "5m";

/** Series of nodes that the portal's dashboards read; the names are theirs. Source: github.com/kubernetes-monitoring/kubernetes-mixin. */
export const NODE_RULES: readonly RecordingRule[] = [
  {
    record: "instance:node_num_cpu:sum",
    expression: `count without (cpu, mode) (node_cpu_seconds_total{${NODE},mode="idle"})`,
  },
  {
    record: "instance:node_cpu_utilisation:rate5m",
    expression: `1 - avg without (cpu) (sum without (mode) (rate(node_cpu_seconds_total{${NODE},mode=~"idle|iowait|steal"}[${RANGE}])))`,
  },
  {
    record: "instance:node_load1_per_cpu:ratio",
    expression: `node_load1{${NODE}} / instance:node_num_cpu:sum{${NODE}}`,
  },
  {
    record: "instance:node_memory_utilisation:ratio",
    expression: `1 - (node_memory_MemAvailable_bytes{${NODE}} / node_memory_MemTotal_bytes{${NODE}})`,
  },
  { record: "instance:node_vmstat_pgmajfault:rate5m", expression: `rate(node_vmstat_pgmajfault{${NODE}}[${RANGE}])` },
  {
    record: "instance_device:node_disk_io_time_seconds:rate5m",
    expression: `rate(node_disk_io_time_seconds_total{${NODE},device!=""}[${RANGE}])`,
  },
  {
    record: "instance_device:node_disk_io_time_weighted_seconds:rate5m",
    expression: `rate(node_disk_io_time_weighted_seconds_total{${NODE},device!=""}[${RANGE}])`,
  },
  ...["receive_bytes", "transmit_bytes", "receive_drop", "transmit_drop"].map((what) => ({
    record: `instance:node_network_${what}_excluding_lo:rate5m`,
    expression: `sum without (device) (rate(node_network_${what}_total{${NODE},device!="lo"}[${RANGE}]))`,
  })),
];

/** Attaches the node of a pod to series of its containers. */
const ON_NODE =
  '* on (cluster, namespace, pod) group_left (node) topk by (cluster, namespace, pod) (1, max by (cluster, namespace, pod, node) (kube_pod_info{node!=""}))';
/** Keeps pods that run or wait to. */
const ACTIVE =
  '* on (namespace, pod, cluster) group_left () max by (namespace, pod, cluster) (kube_pod_status_phase{phase=~"Pending|Running"} == 1)';

/** Series of workloads that the portal's dashboards read; the names are theirs. Source as above. */
export const KUBERNETES_RULES: readonly RecordingRule[] = [
  {
    record: "node_namespace_pod_container:container_cpu_usage_seconds_total:sum_irate",
    expression: `sum by (cluster, namespace, pod, container) (irate(container_cpu_usage_seconds_total{${CADVISOR}}[${RANGE}])) ${ON_NODE}`,
  },
  ...["working_set_bytes", "rss", "cache", "swap"].map((what) => ({
    record: `node_namespace_pod_container:container_memory_${what}`,
    expression: `container_memory_${what}{${CADVISOR}} ${ON_NODE}`,
  })),
  ...["memory", "cpu"].flatMap((resource) =>
    ["requests", "limits"].flatMap((kind) => {
      const source = `kube_pod_container_resource_${kind}{resource="${resource}",job="kube-state-metrics"}`;
      return [
        {
          record: `cluster:namespace:pod_${resource}:active:kube_pod_container_resource_${kind}`,
          expression: `${source} ${ACTIVE}`,
        },
        {
          record: `namespace_${resource}:kube_pod_container_resource_${kind}:sum`,
          expression: `sum by (namespace, cluster) (sum by (namespace, pod, cluster) (max by (namespace, pod, container, cluster) (${source}) ${ACTIVE}))`,
        },
      ];
    }),
  ),
  ...["DaemonSet", "StatefulSet", "Job"].map(ownedDirectly),
  {
    record: "namespace_workload_pod:kube_pod_owner:relabel",
    expression:
      'max by (cluster, namespace, workload, pod) (label_replace(label_replace(kube_pod_owner{job="kube-state-metrics",owner_kind="ReplicaSet"}, "replicaset", "$1", "owner_name", "(.*)")' +
      " * on (replicaset, namespace) group_left (owner_name) topk by (replicaset, namespace) (1, max by (replicaset, namespace, owner_name) (kube_replicaset_owner))" +
      ', "workload", "$1", "owner_name", "(.*)"))',
  },
  {
    record: ":node_memory_MemAvailable_bytes:sum",
    expression: `sum by (cluster) (node_memory_MemAvailable_bytes{${NODE}})`,
  },
  {
    record: "cluster:node_cpu:ratio_rate5m",
    expression: `sum by (cluster) (rate(node_cpu_seconds_total{${NODE},mode!="idle",mode!="iowait",mode!="steal"}[${RANGE}])) / count by (cluster) (sum by (cluster, instance, cpu) (node_cpu_seconds_total{${NODE}}))`,
  },
];

function ownedDirectly(kind: string): RecordingRule {
  return {
    record: "namespace_workload_pod:kube_pod_owner:relabel",
    expression: `max by (cluster, namespace, workload, pod) (label_replace(kube_pod_owner{job="kube-state-metrics",owner_kind="${kind}"}, "workload", "$1", "owner_name", "(.*)"))`,
  };
}
