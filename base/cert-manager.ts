import type { Certificate, ClusterIssuer } from "../imports/cert-manager.io";
import { Component, type Scope } from "./component";
import { addRelease, type ChartPin } from "./helm";
import { GATEWAY_NAMESPACE } from "./mesh";
import { add } from "./object";
import { type Placement, SYSTEM_NODES } from "./placement";
import { PRIORITY } from "./priority-classes";
import { type ContainerResources, resources } from "./resources";
import { AKS_ADMISSION_ENFORCER_OFF, WORKLOAD_IDENTITY_LABEL } from "./workload-identity";

/** Namespace of the release, and name of the controller's service account: the subject of its federated credential. */
const CERT_MANAGER = "cert-manager";

/** Props of {@link CertManager}. */
export interface CertManagerProps {
  /** The chart. */
  readonly chart: ChartPin;
  /** Replicas of each of its three controllers; one is active, the others stand by. @default 2 */
  readonly replicas?: number;
}

/** One of the chart's three controllers. */
interface ControllerValues extends Placement {
  readonly replicaCount: number;
  readonly resources: ContainerResources;
  readonly podDisruptionBudget: { readonly enabled: boolean; readonly minAvailable: number };
}

/** The values of the chart that we set. Source: cert-manager 1.21, deploy/charts/cert-manager/values.yaml. */
interface CertManagerValues extends ControllerValues {
  readonly global: {
    readonly priorityClassName: string;
    readonly leaderElection: { readonly namespace: string };
  };
  readonly crds: { readonly enabled: boolean; readonly keep: boolean };
  readonly config: {
    readonly apiVersion: "controller.config.cert-manager.io/v1alpha1";
    readonly kind: "ControllerConfiguration";
    readonly enableGatewayAPI: boolean;
  };
  readonly podLabels: Readonly<Record<string, string>>;
  readonly serviceAccount: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly webhook: ControllerValues & {
    readonly mutatingWebhookConfigurationAnnotations: Readonly<Record<string, string>>;
    readonly validatingWebhookConfigurationAnnotations: Readonly<Record<string, string>>;
  };
  readonly cainjector: ControllerValues;
  readonly startupapicheck: Placement & { readonly resources: ContainerResources };
}

/** Issues and renews certificates. */
export class CertManager extends Component {
  constructor(scope: Scope, props: CertManagerProps) {
    super(scope, "cert-manager", {
      dependsOn: ["namespaces", "priority-classes"],
      charts: [props.chart],
      timeout: "15m",
    });
    addRelease<CertManagerValues>(this, {
      name: CERT_MANAGER,
      namespace: CERT_MANAGER,
      chart: props.chart,
      values: values(props.replicas ?? 2),
    });
  }
}

function values(replicas: number): CertManagerValues {
  const controller = (cpu: string, memory: string): ControllerValues => ({
    ...SYSTEM_NODES,
    replicaCount: replicas,
    resources: resources(cpu, memory),
    podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
  });
  return {
    ...controller("50m", "256Mi"),
    global: {
      priorityClassName: PRIORITY.platform,
      // The default is kube-system, which is AKS's.
      leaderElection: { namespace: CERT_MANAGER },
    },
    // Without `keep`, removing the release would take every Certificate, and so every TLS secret's owner, with it.
    crds: { enabled: true, keep: true },
    config: {
      apiVersion: "controller.config.cert-manager.io/v1alpha1",
      kind: "ControllerConfiguration",
      enableGatewayAPI: false,
    },
    // Source of the two labels: cert-manager.io, DNS-01 with Azure DNS and workload identity.
    podLabels: WORKLOAD_IDENTITY_LABEL,
    serviceAccount: { name: CERT_MANAGER, labels: WORKLOAD_IDENTITY_LABEL },
    webhook: {
      ...controller("25m", "128Mi"),
      mutatingWebhookConfigurationAnnotations: AKS_ADMISSION_ENFORCER_OFF,
      validatingWebhookConfigurationAnnotations: AKS_ADMISSION_ENFORCER_OFF,
    },
    cainjector: controller("25m", "256Mi"),
    startupapicheck: { ...SYSTEM_NODES, resources: resources("10m", "64Mi") },
  };
}

/** The certificate that the ingress gateway serves. */
export interface IngressCertificateProps {
  /** Name of the certificate and of its Secret. */
  readonly name: string;
  /** It is for `*.<domain>`. */
  readonly domain: string;
  /** Which issuer signs it; the staging one has generous limits and is trusted by no browser. @default "production" */
  readonly issuer?: "staging" | "production";
}

/** Props of {@link CertManagerIssuers}. */
export interface CertManagerIssuersProps {
  /** Whom Let's Encrypt tells about trouble with the account. */
  readonly email: string;
  /** The Azure DNS zone in which challenges are answered. */
  readonly dnsZone: string;
  /** Subscription of the zone. */
  readonly subscriptionId: string;
  /** Resource group of the zone. */
  readonly resourceGroup: string;
  /** Client id of the identity that may write to the zone. */
  readonly clientId: string;
  /** The ingress gateway's wildcard certificate. @default none */
  readonly certificate?: IngressCertificateProps;
}

const ISSUERS = {
  staging: { name: "letsencrypt-staging", server: "https://acme-staging-v02.api.letsencrypt.org/directory" },
  production: { name: "letsencrypt-production", server: "https://acme-v02.api.letsencrypt.org/directory" },
} as const;

/** Let's Encrypt by DNS-01, the only challenge that gives wildcards and needs no way in. Its health waits for the certificate. */
export class CertManagerIssuers extends Component {
  constructor(scope: Scope, props: CertManagerIssuersProps) {
    super(scope, "cert-manager-issuers", { dependsOn: ["cert-manager"], timeout: "15m" });
    for (const { name, server } of Object.values(ISSUERS)) addIssuer(this, name, server, props);
    if (props.certificate) addIngressCertificate(this, props.certificate);
  }
}

/** A ClusterIssuer, since cert-manager gives its own (ambient) identity to no namespaced Issuer. */
function addIssuer(scope: Scope, name: string, server: string, props: CertManagerIssuersProps): void {
  add<ClusterIssuer>(scope, {
    apiVersion: "cert-manager.io/v1",
    kind: "ClusterIssuer",
    metadata: { name },
    spec: {
      acme: {
        server,
        email: props.email,
        privateKeySecretRef: { name: `${name}-account-key` },
        solvers: [
          {
            selector: { dnsZones: [props.dnsZone] },
            dns01: {
              azureDNS: {
                subscriptionID: props.subscriptionId,
                resourceGroupName: props.resourceGroup,
                hostedZoneName: props.dnsZone,
                environment: "AzurePublicCloud",
                managedIdentity: { clientID: props.clientId },
              },
            },
          },
        ],
      },
    },
  });
}

/**
 * The Secret lies beside the gateway's pods, which read it by SDS and take a renewed one without a restart. Renewal is a share of
 * the lifetime, since Let's Encrypt shortens it (64 days from February 2027).
 */
function addIngressCertificate(scope: Scope, certificate: IngressCertificateProps): void {
  const { name, domain, issuer = "production" } = certificate;
  add<Certificate>(scope, {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name, namespace: GATEWAY_NAMESPACE },
    spec: {
      secretName: name,
      dnsNames: [`*.${domain}`],
      issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: ISSUERS[issuer].name },
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
      renewBeforePercentage: 33,
      revisionHistoryLimit: 2,
    },
  });
}
