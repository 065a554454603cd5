import type { Manifest, PodSpec } from "../../../imports/k8s";

const metadata = { name: "a", namespace: "b", labels: { "app.kubernetes.io/name": "a" }, annotations: { note: "x" } };
const clusterScoped = { name: "a", labels: { "app.kubernetes.io/name": "a" } };
const labels = { app: "a" };
const selector = { matchLabels: labels };
const quantities = { cpu: "500m", memory: "256Mi" };

const podSpec: PodSpec = {
  serviceAccountName: "a",
  containers: [
    {
      name: "a",
      image: "example.azurecr.io/a:1.0.0",
      ports: [{ name: "http", containerPort: 8080 }],
      env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "a", key: "b" } } }],
      resources: { requests: quantities, limits: { cpu: 1, memory: "1Gi" } },
      readinessProbe: { httpGet: { path: "/", port: "http" } },
      livenessProbe: { tcpSocket: { port: 8080 } },
      securityContext: { runAsNonRoot: true, capabilities: { drop: ["ALL"] } },
      volumeMounts: [{ name: "secrets", mountPath: "/secrets", readOnly: true }],
    },
  ],
  volumes: [
    {
      name: "secrets",
      csi: { driver: "secrets-store.csi.k8s.io", readOnly: true, volumeAttributes: { secretProviderClass: "a" } },
    },
    { name: "scratch", emptyDir: {} },
  ],
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: selector,
    },
  ],
};
const template = { metadata: { labels }, spec: podSpec };

/** One good object of every built-in kind; the compiler holds it to the types, a test to the schemas. */
export const BUILTIN_OBJECTS: readonly Manifest[] = [
  { apiVersion: "v1", kind: "ConfigMap", metadata, data: { a: "b" }, binaryData: { c: "aGVsbG8=" }, immutable: true },
  {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata,
    spec: { limits: [{ type: "Container", default: quantities, defaultRequest: quantities }] },
  },
  { apiVersion: "v1", kind: "Namespace", metadata: clusterScoped },
  {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata,
    spec: {
      accessModes: ["ReadWriteOnce"],
      storageClassName: "managed-csi-retain",
      resources: { requests: { storage: "8Gi" } },
    },
  },
  { apiVersion: "v1", kind: "Pod", metadata, spec: podSpec },
  { apiVersion: "v1", kind: "ResourceQuota", metadata, spec: { hard: { "requests.cpu": 8, pods: "50" } } },
  { apiVersion: "v1", kind: "Secret", metadata, type: "Opaque", data: { a: "aGVsbG8=" }, stringData: { b: "c" } },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata,
    spec: { selector: labels, ports: [{ port: 80, targetPort: "http" }] },
  },
  { apiVersion: "v1", kind: "ServiceAccount", metadata, automountServiceAccountToken: false },
  { apiVersion: "apps/v1", kind: "DaemonSet", metadata, spec: { selector, template } },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: { replicas: 2, selector, template, strategy: { rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } } },
  },
  {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata,
    spec: {
      serviceName: "a",
      selector,
      template,
      volumeClaimTemplates: [
        {
          metadata: { name: "data" },
          spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "8Gi" } } },
        },
      ],
    },
  },
  {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "a" },
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
      ],
    },
  },
  {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata,
    spec: {
      schedule: "0 3 * * *",
      jobTemplate: { spec: { template: { spec: { ...podSpec, restartPolicy: "Never" } } } },
    },
  },
  {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata,
    spec: { template: { spec: { ...podSpec, restartPolicy: "Never" } } },
  },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata,
    spec: {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      egress: [{ to: [{ namespaceSelector: selector }], ports: [{ protocol: "UDP", port: 53 }, { port: "https" }] }],
    },
  },
  { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata, spec: { maxUnavailable: "50%", selector } },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: clusterScoped,
    rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }],
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: clusterScoped,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "a" },
    subjects: [{ kind: "ServiceAccount", name: "a", namespace: "b" }],
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "Role",
    metadata,
    rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }],
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "a" },
    subjects: [{ kind: "ServiceAccount", name: "a", namespace: "b" }],
  },
  { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: clusterScoped, value: 1000, description: "a" },
  {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: clusterScoped,
    provisioner: "disk.csi.azure.com",
    reclaimPolicy: "Retain",
    parameters: { skuName: "Premium_ZRS" },
  },
];
