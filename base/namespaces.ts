import type { LimitRange, Namespace, ResourceQuota } from "../imports/k8s";
import { Component, type Scope } from "./component";
import { addNetworkBaseline } from "./network-baseline";
import { add } from "./object";

/** A namespace for one application team. */
export interface ApplicationNamespaceProps {
  /** Name of the namespace. */
  readonly namespace: string;
  /** Whether its pods get the mesh's sidecar. */
  readonly meshed: boolean;
  /** What all its pods together may request: vCPU, GiB of memory, number of pods. */
  readonly quota: { readonly cpu: number; readonly memoryGiB: number; readonly pods: number };
}

/** Props of {@link Namespaces}. */
export interface NamespacesProps {
  /** Namespaces of platform add-ons. */
  readonly platform: readonly string[];
  /** Namespaces of application teams. */
  readonly applications: readonly ApplicationNamespaceProps[];
  /** Revision of the mesh that injects sidecars; needed when an application is meshed. @default no mesh */
  readonly meshRevision?: string;
  /** Version of the Pod Security Standards that is enforced, for example `v1.35`. @default "latest" */
  readonly podSecurityVersion?: string;
}

/** What a container of an application gets when it does not say. */
const CONTAINER_DEFAULTS = {
  request: { cpu: "100m", memory: "128Mi" },
  limit: { cpu: "500m", memory: "512Mi" },
} as const;

/** Namespaces whose owner is AKS or Kubernetes: labelling or pruning one breaks what runs there. */
const AKS_OWNED =
  /^(default|kube-.*|aks-.*|flux-system|app-routing-system|gatekeeper-system|dataprotection-microsoft|azure-arc|azure-extensions-usage-system)$/;

/** Every namespace that is ours, with what holds in it for any workload. */
export class Namespaces extends Component {
  constructor(scope: Scope, props: NamespacesProps) {
    super(scope, "namespaces");
    const names = [...props.platform, ...props.applications.map((application) => application.namespace)];
    refuseAksOwned(names);
    for (const name of new Set(props.platform)) addNamespace(this, name, props);
    for (const application of props.applications) {
      const { namespace, meshed } = application;
      addNamespace(this, namespace, props, meshed);
      addNetworkBaseline(this, namespace, meshed);
      addContainerDefaults(this, namespace);
      addQuota(this, application);
    }
  }
}

function refuseAksOwned(names: readonly string[]): void {
  const owned = names.filter((name) => AKS_OWNED.test(name));
  if (owned.length > 0) throw new Error(`namespaces that AKS owns cannot be ours: ${owned.join(", ")}`);
}

/**
 * `baseline` is enforced at the version the clusters run, so that an upgrade of Kubernetes cannot refuse pods that ran before it;
 * what `restricted` of the newest version would say is only recorded and told, which is notice before the next upgrade.
 * Source: kubernetes.io, pod security admission. Sidecars pass `baseline` since the mesh sets up traffic by a CNI plugin
 * (asm-1-30 and newer, when newly installed). Source: learn.microsoft.com/azure/aks/istio-cni.
 */
function addNamespace(scope: Scope, name: string, props: NamespacesProps, meshed = false): void {
  const { meshRevision, podSecurityVersion = "latest" } = props;
  if (meshed && !meshRevision) throw new Error(`namespace ${name} is meshed, but the cluster has no mesh`);
  add<Namespace>(scope, {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name,
      labels: {
        // The AKS mesh injects by revision; `istio-injection: enabled` is ignored without a word.
        ...(meshed && meshRevision && { "istio.io/rev": meshRevision }),
        "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/audit-version": "latest",
        "pod-security.kubernetes.io/enforce": "baseline",
        "pod-security.kubernetes.io/enforce-version": podSecurityVersion,
        "pod-security.kubernetes.io/warn": "restricted",
        "pod-security.kubernetes.io/warn-version": "latest",
      },
    },
  });
}

/** The quota counts requests, so that every container must have some; these are for those that do not say. */
function addContainerDefaults(scope: Scope, namespace: string): void {
  add<LimitRange>(scope, {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: { name: "container-defaults", namespace },
    spec: {
      limits: [{ type: "Container", defaultRequest: CONTAINER_DEFAULTS.request, default: CONTAINER_DEFAULTS.limit }],
    },
  });
}

/** Services reach the world through the shared gateway alone: one of type LoadBalancer or NodePort would go around its TLS and policies. */
function addQuota(scope: Scope, { namespace, quota }: ApplicationNamespaceProps): void {
  add<ResourceQuota>(scope, {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "team", namespace },
    spec: {
      hard: {
        pods: String(quota.pods),
        "requests.cpu": String(quota.cpu),
        "requests.memory": `${quota.memoryGiB}Gi`,
        "services.loadbalancers": "0",
        "services.nodeports": "0",
      },
    },
  });
}
