import type { PodMonitor, ServiceMonitor } from "../../../imports/azmonitoring.coreos.com";
import type { Certificate, ClusterIssuer } from "../../../imports/cert-manager.io";
import type { ClusterSecretStore, PushSecret } from "../../../imports/external-secrets.io";
import type { HelmRelease } from "../../../imports/helm.toolkit.fluxcd.io";
import type { AKSNodeClass } from "../../../imports/karpenter.azure.com";
import type { NodePool } from "../../../imports/karpenter.sh";
import type { ScaledObject } from "../../../imports/keda.sh";
import type { Kustomization } from "../../../imports/kustomize.toolkit.fluxcd.io";
import type { DestinationRule, Gateway, VirtualService } from "../../../imports/networking.istio.io";
import type { ValidatingPolicy } from "../../../imports/policies.kyverno.io";
import type { SecretProviderClass } from "../../../imports/secrets-store.csi.x-k8s.io";
import type { AuthorizationPolicy, PeerAuthentication } from "../../../imports/security.istio.io";
import type { HelmRepository, OCIRepository } from "../../../imports/source.toolkit.fluxcd.io";
import type { Telemetry } from "../../../imports/telemetry.istio.io";

const metadata = { name: "a", namespace: "b", labels: { "app.kubernetes.io/name": "a" }, annotations: { note: "x" } };
const clusterScoped = { name: "a", labels: { "app.kubernetes.io/name": "a" } };

const podMonitor: PodMonitor = {
  apiVersion: "azmonitoring.coreos.com/v1",
  kind: "PodMonitor",
  metadata,
  spec: {
    labelLimit: 63,
    selector: { matchLabels: { app: "a" } },
    podMetricsEndpoints: [{ port: "http", interval: "30s" }],
  },
};

const serviceMonitor: ServiceMonitor = {
  apiVersion: "azmonitoring.coreos.com/v1",
  kind: "ServiceMonitor",
  metadata,
  spec: { selector: {}, endpoints: [{ targetPort: 8080, path: "/metrics" }, { targetPort: "http" }] },
};

const certificate: Certificate = {
  apiVersion: "cert-manager.io/v1",
  kind: "Certificate",
  metadata,
  spec: {
    secretName: "tls",
    issuerRef: { name: "letsencrypt", kind: "ClusterIssuer" },
    dnsNames: ["*.example.com"],
    privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
    renewBeforePercentage: 33,
  },
};

const clusterIssuer: ClusterIssuer = {
  apiVersion: "cert-manager.io/v1",
  kind: "ClusterIssuer",
  metadata: clusterScoped,
  spec: {
    acme: {
      server: "https://acme-v02.api.letsencrypt.org/directory",
      privateKeySecretRef: { name: "account" },
      solvers: [
        {
          dns01: {
            azureDNS: {
              hostedZoneName: "example.com",
              resourceGroupName: "dns",
              subscriptionID: "00000000-0000-0000-0000-000000000000",
              environment: "AzurePublicCloud",
              managedIdentity: { clientID: "00000000-0000-0000-0000-000000000001" },
            },
          },
        },
      ],
    },
  },
};

const clusterSecretStore: ClusterSecretStore = {
  apiVersion: "external-secrets.io/v1",
  kind: "ClusterSecretStore",
  metadata: clusterScoped,
  spec: {
    provider: {
      azurekv: {
        authType: "WorkloadIdentity",
        vaultUrl: "https://vault.vault.azure.net",
        serviceAccountRef: { name: "external-secrets", namespace: "external-secrets" },
      },
    },
  },
};

const pushSecret: PushSecret = {
  apiVersion: "external-secrets.io/v1alpha1",
  kind: "PushSecret",
  metadata,
  spec: {
    secretStoreRefs: [{ name: "vault", kind: "ClusterSecretStore" }],
    selector: { secret: { name: "tls" } },
    data: [{ match: { secretKey: "tls.crt", remoteRef: { remoteKey: "tls" } }, metadata: { anything: ["goes"] } }],
  },
};

const helmRelease: HelmRelease = {
  apiVersion: "helm.toolkit.fluxcd.io/v2",
  kind: "HelmRelease",
  metadata,
  spec: {
    interval: "1h",
    chartRef: { kind: "OCIRepository", name: "chart" },
    install: { crds: "CreateReplace", remediation: { retries: 3 } },
    driftDetection: { mode: "enabled" },
    values: { any: { thing: [1, "two", null] } },
  },
};

const aksNodeClass: AKSNodeClass = {
  apiVersion: "karpenter.azure.com/v1beta1",
  kind: "AKSNodeClass",
  metadata: clusterScoped,
  spec: { imageFamily: "AzureLinux", osDiskSizeGB: 128, maxPods: 110, tags: { team: "platform" } },
};

const nodePool: NodePool = {
  apiVersion: "karpenter.sh/v1",
  kind: "NodePool",
  metadata: clusterScoped,
  spec: {
    weight: 10,
    limits: { cpu: 64, memory: "256Gi" },
    disruption: {
      consolidationPolicy: "WhenEmptyOrUnderutilized",
      consolidateAfter: "1m",
      budgets: [{ nodes: "10%" }],
    },
    template: {
      metadata: { labels: { tier: "spot" } },
      spec: {
        expireAfter: "720h",
        nodeClassRef: { group: "karpenter.azure.com", kind: "AKSNodeClass", name: "default" },
        requirements: [{ key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] }],
        startupTaints: [{ key: "node.cilium.io/agent-not-ready", effect: "NoExecute", value: "true" }],
      },
    },
  },
};

const scaledObject: ScaledObject = {
  apiVersion: "keda.sh/v1alpha1",
  kind: "ScaledObject",
  metadata,
  spec: {
    scaleTargetRef: { name: "web" },
    minReplicaCount: 0,
    triggers: [{ type: "cron", metadata: { timezone: "Europe/Berlin", start: "0 7 * * *", end: "0 20 * * *" } }],
  },
};

const kustomization: Kustomization = {
  apiVersion: "kustomize.toolkit.fluxcd.io/v1",
  kind: "Kustomization",
  metadata,
  spec: {
    interval: "10m",
    path: "./dist/app1/istio",
    prune: true,
    wait: true,
    sourceRef: { kind: "GitRepository", name: "fleet" },
    dependsOn: [{ name: "cert-manager" }],
    postBuild: { substituteFrom: [{ kind: "ConfigMap", name: "cluster-vars" }] },
  },
};

const destinationRule: DestinationRule = {
  apiVersion: "networking.istio.io/v1",
  kind: "DestinationRule",
  metadata,
  spec: {
    host: "web",
    subsets: [{ name: "stable", labels: { track: "stable" } }],
    trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 }, loadBalancer: { simple: "LEAST_REQUEST" } },
  },
};

const gateway: Gateway = {
  apiVersion: "networking.istio.io/v1",
  kind: "Gateway",
  metadata,
  spec: {
    selector: { istio: "aks-istio-ingressgateway-external" },
    servers: [
      {
        hosts: ["*.example.com"],
        port: { name: "https", number: 443, protocol: "HTTPS" },
        tls: { mode: "SIMPLE", credentialName: "tls", minProtocolVersion: "TLSV1_2" },
      },
    ],
  },
};

const virtualService: VirtualService = {
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata,
  spec: {
    hosts: ["web.example.com"],
    gateways: ["istio/gateway"],
    http: [
      {
        match: [{ uri: { prefix: "/" } }],
        route: [
          { destination: { host: "web", port: { number: 80 } }, weight: 90 },
          { destination: { host: "canary" }, weight: 10 },
        ],
        retries: { attempts: 2, perTryTimeout: "2s", retryOn: "5xx" },
        timeout: "10s",
      },
    ],
  },
};

const validatingPolicy: ValidatingPolicy = {
  apiVersion: "policies.kyverno.io/v1",
  kind: "ValidatingPolicy",
  metadata: clusterScoped,
  spec: {
    validationActions: ["Deny"],
    matchConstraints: {
      resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["pods"] }],
    },
    validations: [{ expression: "object.spec.containers.all(c, has(c.resources))", message: "no resources" }],
  },
};

const secretProviderClass: SecretProviderClass = {
  apiVersion: "secrets-store.csi.x-k8s.io/v1",
  kind: "SecretProviderClass",
  metadata,
  spec: { provider: "azure", parameters: { keyvaultName: "vault", objects: "array:\n  - |\n    objectName: a\n" } },
};

const authorizationPolicy: AuthorizationPolicy = {
  apiVersion: "security.istio.io/v1",
  kind: "AuthorizationPolicy",
  metadata,
  spec: {
    action: "ALLOW",
    rules: [{ from: [{ source: { principals: ["*/ns/a/sa/b"] } }], to: [{ operation: { paths: ["/"] } }] }],
  },
};

const peerAuthentication: PeerAuthentication = {
  apiVersion: "security.istio.io/v1",
  kind: "PeerAuthentication",
  metadata,
  spec: { mtls: { mode: "STRICT" } },
};

const helmRepository: HelmRepository = {
  apiVersion: "source.toolkit.fluxcd.io/v1",
  kind: "HelmRepository",
  metadata,
  spec: { url: "https://kiali.org/helm-charts", interval: "1h" },
};

const ociRepository: OCIRepository = {
  apiVersion: "source.toolkit.fluxcd.io/v1",
  kind: "OCIRepository",
  metadata,
  spec: { url: "oci://ghcr.io/kyverno/charts/kyverno", interval: "1h", ref: { tag: "3.9.0" } },
};

const telemetry: Telemetry = {
  apiVersion: "telemetry.istio.io/v1",
  kind: "Telemetry",
  metadata,
  spec: { accessLogging: [{ providers: [{ name: "envoy" }], disabled: null }] },
};

/** One good object of every custom kind; the compiler holds it to the types, a test to the schemas. */
export const CUSTOM_OBJECTS = [
  podMonitor,
  serviceMonitor,
  certificate,
  clusterIssuer,
  clusterSecretStore,
  pushSecret,
  helmRelease,
  aksNodeClass,
  nodePool,
  scaledObject,
  kustomization,
  destinationRule,
  gateway,
  virtualService,
  validatingPolicy,
  secretProviderClass,
  authorizationPolicy,
  peerAuthentication,
  helmRepository,
  ociRepository,
  telemetry,
] as const;
