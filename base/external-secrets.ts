import type { ClusterSecretStore, PushSecret } from "../imports/external-secrets.io";
import { Component, type Scope } from "./component";
import { addRelease, type ChartPin } from "./helm";
import { GATEWAY_NAMESPACE } from "./mesh";
import { add } from "./object";
import { type Placement, SYSTEM_NODES } from "./placement";
import { PRIORITY } from "./priority-classes";
import { type ContainerResources, resources } from "./resources";
import { AKS_ADMISSION_ENFORCER_OFF, identityAnnotations, WORKLOAD_IDENTITY_LABEL } from "./workload-identity";

/** Namespace of the release, and name of the controller's service account: the subject of its federated credential. */
const EXTERNAL_SECRETS = "external-secrets";

/** Name of the store that is the Key Vault. */
const STORE = "key-vault";

/** Props of {@link ExternalSecrets}. */
export interface ExternalSecretsProps {
  /** The chart. */
  readonly chart: ChartPin;
  /** Client id of the identity that may write secrets to the Key Vault. */
  readonly clientId: string;
  /** Replicas of the controller and of its webhook. @default 2 */
  readonly replicas?: number;
}

/** One of the chart's three controllers. */
interface ControllerValues {
  readonly replicaCount: number;
  readonly priorityClassName: string;
  readonly resources: ContainerResources;
  readonly podDisruptionBudget: { readonly enabled: boolean; readonly minAvailable: number };
}

/** The values of the chart that we set. Source: external-secrets 2.9, deploy/charts/external-secrets/values.yaml. */
interface ExternalSecretsValues extends ControllerValues {
  readonly global: Placement;
  readonly leaderElect: boolean;
  readonly crds: { readonly createClusterExternalSecret: boolean; readonly createClusterPushSecret: boolean };
  readonly processClusterExternalSecret: boolean;
  readonly processClusterPushSecret: boolean;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly serviceAccount: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
  readonly webhook: ControllerValues & { readonly annotations: Readonly<Record<string, string>> };
  readonly certController: ControllerValues;
}

/** Copies secrets between the cluster and the Key Vault. */
export class ExternalSecrets extends Component {
  constructor(scope: Scope, props: ExternalSecretsProps) {
    super(scope, "external-secrets", {
      dependsOn: ["namespaces", "priority-classes"],
      charts: [props.chart],
      timeout: "15m",
    });
    addRelease<ExternalSecretsValues>(this, {
      name: EXTERNAL_SECRETS,
      namespace: EXTERNAL_SECRETS,
      chart: props.chart,
      values: values(props.clientId, props.replicas ?? 2),
    });
  }
}

function values(clientId: string, replicas: number): ExternalSecretsValues {
  const controller = (replicaCount: number, memory: string): ControllerValues => ({
    replicaCount,
    priorityClassName: PRIORITY.platform,
    resources: resources("25m", memory),
    podDisruptionBudget: { enabled: replicaCount > 1, minAvailable: 1 },
  });
  return {
    ...controller(replicas, "256Mi"),
    global: SYSTEM_NODES,
    leaderElect: replicas > 1,
    // Secrets that spread over namespaces by a selector are not used here, and would need rights on every namespace.
    crds: { createClusterExternalSecret: false, createClusterPushSecret: false },
    processClusterExternalSecret: false,
    processClusterPushSecret: false,
    podLabels: WORKLOAD_IDENTITY_LABEL,
    serviceAccount: { name: EXTERNAL_SECRETS, annotations: identityAnnotations(clientId) },
    webhook: { ...controller(replicas, "128Mi"), annotations: AKS_ADMISSION_ENFORCER_OFF },
    certController: controller(1, "128Mi"),
  };
}

/** Props of {@link ExternalSecretsStores}. */
export interface ExternalSecretsStoresProps {
  /** Address of the Key Vault, `https://<name>.vault.azure.net`. */
  readonly vaultUrl: string;
  /** Tenant of the Key Vault. */
  readonly tenantId: string;
  /** The gateway's TLS Secret, and the name of its copy in the Key Vault: letters, digits and dashes. @default no copy */
  readonly backup?: { readonly secretName: string; readonly remoteName: string };
}

/** The Key Vault as a store, and what is copied to it. */
export class ExternalSecretsStores extends Component {
  constructor(scope: Scope, props: ExternalSecretsStoresProps) {
    super(scope, "external-secrets-stores", { dependsOn: ["external-secrets"], after: ["cert-manager-issuers"] });
    addStore(this, props);
    if (props.backup) addBackup(this, props.backup.secretName, props.backup.remoteName);
  }
}

/**
 * The controller's identity may write every secret of the Key Vault, so that only the gateway's namespace may use the store:
 * applications read theirs by the CSI driver, each with its own identity.
 */
function addStore(scope: Scope, props: ExternalSecretsStoresProps): void {
  add<ClusterSecretStore>(scope, {
    apiVersion: "external-secrets.io/v1",
    kind: "ClusterSecretStore",
    metadata: { name: STORE },
    spec: {
      conditions: [{ namespaces: [GATEWAY_NAMESPACE] }],
      provider: {
        azurekv: {
          authType: "WorkloadIdentity",
          vaultUrl: props.vaultUrl,
          tenantId: props.tenantId,
          serviceAccountRef: { name: EXTERNAL_SECRETS, namespace: EXTERNAL_SECRETS },
        },
      },
    },
  });
}

/**
 * Backs the issued certificate up, so that a rebuilt cluster need not ask Let's Encrypt again and meet its limits. The whole Secret
 * becomes one Key Vault secret, a JSON object with the keys `tls.crt` and `tls.key`: two secrets could be read from two issues, and
 * a Key Vault name has no dots. The copy stays when the object, or the cluster, goes.
 */
function addBackup(scope: Scope, secretName: string, remoteName: string): void {
  if (!/^[0-9A-Za-z-]{1,127}$/.test(remoteName)) {
    throw new Error(`${remoteName} is no name for a Key Vault secret: 1 to 127 letters, digits and dashes`);
  }
  add<PushSecret>(scope, {
    apiVersion: "external-secrets.io/v1alpha1",
    kind: "PushSecret",
    metadata: { name: secretName, namespace: GATEWAY_NAMESPACE },
    spec: {
      refreshInterval: "1h",
      updatePolicy: "Replace",
      deletionPolicy: "None",
      secretStoreRefs: [{ kind: "ClusterSecretStore", name: STORE }],
      selector: { secret: { name: secretName } },
      data: [{ match: { remoteRef: { remoteKey: remoteName } } }],
    },
  });
}
