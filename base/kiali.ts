import type { ServiceAccount } from "../imports/k8s";
import type { VirtualService } from "../imports/networking.istio.io";
import { Component, type Scope } from "./component";
import { addRelease, type ChartPin } from "./helm";
import { GATEWAY_REF } from "./mesh";
import { add } from "./object";
import { SYSTEM_NODES, type Toleration } from "./placement";
import { PRIORITY } from "./priority-classes";
import { type ContainerResources, resources } from "./resources";
import { identityAnnotations, WORKLOAD_IDENTITY_LABEL } from "./workload-identity";

/** Namespace of the release, name of its instance and so of its Service, its service account and its SecretProviderClass. */
const KIALI = "kiali";

/** Port of its Service. */
const PORT = 20001;

/** Folder where its secrets are mounted; `/kiali-…-secrets` and others are the chart's own. */
const SECRETS_FOLDER = "/mnt/secrets-store";

/** Props of {@link Kiali}. */
export interface KialiProps {
  /** The chart, at least 2.28, the first whose Prometheus client knows OAuth2. */
  readonly chart: ChartPin;
  /** Name of the cluster in metrics, of which one Azure Monitor workspace holds those of all clusters. */
  readonly cluster: string;
  /** Query endpoint of the Azure Monitor workspace. */
  readonly prometheusUrl: string;
  /** Tenant that gives out the tokens. */
  readonly tenantId: string;
  /** Client id of the app registration that may read metrics. */
  readonly oauthClientId: string;
  /** Name of that app registration's secret in the Key Vault, and so of the mounted file. */
  readonly oauthSecret: string;
  /** Client id of the identity that reads the secret. */
  readonly identityClientId: string;
  /** Host under which the gateway serves it. @default not served from outside */
  readonly host?: string;
}

/** The values of the chart that we set. Source: kiali.io/docs/configuration, for kiali-server 2.30. */
interface KialiValues {
  readonly skipResources: readonly "sa"[];
  readonly auth: { readonly strategy: "token" };
  readonly deployment: {
    readonly instance_name: string;
    readonly view_only_mode: boolean;
    readonly image_pull_policy: "IfNotPresent";
    readonly priority_class_name: string;
    readonly node_selector: Readonly<Record<string, string>>;
    readonly tolerations: readonly Toleration[];
    readonly resources: ContainerResources;
    readonly pod_labels: Readonly<Record<string, string>>;
    readonly custom_secrets: readonly {
      readonly name: string;
      readonly mount: string;
      readonly csi: {
        readonly driver: string;
        readonly readOnly: boolean;
        readonly volumeAttributes: { readonly secretProviderClass: string };
      };
    }[];
  };
  readonly external_services: {
    readonly grafana: { readonly enabled: boolean };
    readonly tracing: { readonly enabled: boolean };
    readonly prometheus: {
      readonly url: string;
      readonly health_check_url: string;
      readonly query_scope: Readonly<Record<string, string>>;
      readonly thanos_proxy: {
        readonly enabled: boolean;
        readonly retention_period: string;
        readonly scrape_interval: string;
      };
      readonly auth: {
        readonly type: "oauth2";
        readonly oauth2: {
          readonly client_id: string;
          readonly client_secret: string;
          readonly token_url: string;
          readonly scopes: readonly string[];
        };
      };
    };
  };
  readonly server: { readonly web_root: string; readonly web_fqdn?: string; readonly web_schema?: "https" };
}

/**
 * Draws the mesh from the metrics in Azure Monitor. It finds istiod and the root namespace by itself (since 2.16 it has no settings
 * for them) and is no part of the mesh: the gateway calls it in plain text, inside the cluster.
 */
export class Kiali extends Component {
  constructor(scope: Scope, props: KialiProps) {
    super(scope, "kiali", {
      dependsOn: ["istio", "namespaces", "priority-classes", "secrets"],
      charts: [props.chart],
      timeout: "15m",
    });
    addServiceAccount(this, props.identityClientId);
    addRelease<KialiValues>(this, { name: KIALI, namespace: KIALI, chart: props.chart, values: values(props) });
    if (props.host) addRoute(this, props.host);
  }
}

/** Ours, not the chart's, which has no value for annotations. */
function addServiceAccount(scope: Scope, clientId: string): void {
  add<ServiceAccount>(scope, {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: KIALI, namespace: KIALI, annotations: identityAnnotations(clientId) },
  });
}

function values(props: KialiProps): KialiValues {
  return {
    skipResources: ["sa"],
    auth: { strategy: "token" },
    deployment: {
      instance_name: KIALI,
      // Git is where the mesh is changed.
      view_only_mode: true,
      image_pull_policy: "IfNotPresent",
      priority_class_name: PRIORITY.platform,
      node_selector: SYSTEM_NODES.nodeSelector,
      tolerations: SYSTEM_NODES.tolerations,
      resources: resources("50m", "512Mi"),
      pod_labels: WORKLOAD_IDENTITY_LABEL,
      custom_secrets: [
        {
          name: "secrets-store",
          mount: SECRETS_FOLDER,
          csi: {
            driver: "secrets-store.csi.k8s.io",
            readOnly: true,
            volumeAttributes: { secretProviderClass: KIALI },
          },
        },
      ],
    },
    external_services: {
      grafana: { enabled: false },
      tracing: { enabled: false },
      prometheus: {
        url: props.prometheusUrl,
        health_check_url: `${props.prometheusUrl}/api/v1/query?query=vector(1)`,
        query_scope: { cluster: props.cluster },
        // Azure Monitor has no endpoint for Prometheus's own configuration, from which Kiali would read these.
        thanos_proxy: { enabled: true, retention_period: "30d", scrape_interval: "30s" },
        auth: {
          type: "oauth2",
          oauth2: {
            client_id: props.oauthClientId,
            // An absolute path is read as a file, again for each new token; nothing is copied to a Secret.
            client_secret: `${SECRETS_FOLDER}/${props.oauthSecret}`,
            token_url: `https://login.microsoftonline.com/${props.tenantId}/oauth2/v2.0/token`,
            scopes: ["https://prometheus.monitor.azure.com/.default"],
          },
        },
      },
    },
    server: { web_root: "/", ...(props.host && { web_fqdn: props.host, web_schema: "https" as const }) },
  };
}

function addRoute(scope: Scope, host: string): void {
  add<VirtualService>(scope, {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: KIALI, namespace: KIALI },
    spec: {
      hosts: [host],
      gateways: [GATEWAY_REF],
      http: [{ route: [{ destination: { host: `${KIALI}.${KIALI}.svc.cluster.local`, port: { number: PORT } } }] }],
    },
  });
}
