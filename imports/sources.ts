/**
 * Where the types and schemas in this folder come from, and which kinds of them are kept. Edited by hand; `npm run import`
 * reads it and writes everything else here. Versions are those of `clusters/versions.ts`.
 */
import { CRD_MODULES, EXTERNAL_SECRETS_CRDS, KUBERNETES_VERSIONS } from "../clusters/versions";

/** Kinds to keep, by `apiVersion`: `{ "cert-manager.io/v1": ["Certificate"] }`. */
export type Kinds = Readonly<Record<string, readonly string[]>>;

/** What all sources have in common. */
interface SourceBase {
  /** Name a reader knows it by. */
  readonly title: string;
  /** SPDX identifier of the licence the definitions come under. */
  readonly licence: string;
  /** What a reader must know about this source, for example that a group was replaced. */
  readonly note?: string;
}

/** A file with CustomResourceDefinitions, and the kinds taken from it. */
export interface CrdFile {
  /** Path inside the module or folder. */
  readonly path: string;
  readonly kinds: Kinds;
}

/** CRD files inside a Go module. */
export interface ModuleSource extends SourceBase {
  readonly from: "go-module";
  readonly module: string;
  readonly version: string;
  readonly files: readonly CrdFile[];
  /** API groups to rename before anything else is looked at: old name to new. `kinds` use the new name. */
  readonly renameGroups?: Readonly<Record<string, string>>;
}

/** CRD files committed beside this list, for projects whose module cannot be had. */
export interface FolderSource extends SourceBase {
  readonly from: "folder";
  readonly version: string;
  /** Folder below `imports/`; its `SHA256SUMS` lists every file. */
  readonly folder: string;
  /** Where each file can be downloaded again; `{file}` is replaced by its path. */
  readonly upstream: string;
  readonly files: readonly CrdFile[];
}

/** The OpenAPI document of Kubernetes itself, inside a Go module. */
export interface OpenApiSource extends SourceBase {
  readonly from: "openapi";
  readonly module: string;
  readonly version: string;
  readonly path: string;
  readonly kinds: Kinds;
}

export type Source = ModuleSource | FolderSource | OpenApiSource;

/** Kubernetes' own kinds that the platform may not use, but that teams bring in an overlay's `extra`. */
export const KINDS_OF_TEAMS = {
  v1: ["ConfigMap", "PersistentVolumeClaim", "Pod", "Secret", "Service", "ServiceAccount"],
  "apps/v1": ["DaemonSet", "Deployment", "StatefulSet"],
  "autoscaling/v2": ["HorizontalPodAutoscaler"],
  "batch/v1": ["CronJob", "Job"],
  "networking.k8s.io/v1": ["NetworkPolicy"],
  "policy/v1": ["PodDisruptionBudget"],
  "rbac.authorization.k8s.io/v1": ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
} as const satisfies Kinds;

function crdModule(
  module: keyof typeof CRD_MODULES,
  source: Omit<ModuleSource, "from" | "module" | "version" | "licence">,
): ModuleSource {
  return { from: "go-module", module, version: CRD_MODULES[module], licence: "Apache-2.0", ...source };
}

/** Every source, in the order the readable list shows them. */
export const SOURCES: readonly Source[] = [
  {
    from: "openapi",
    title: "Kubernetes",
    module: "k8s.io/kubernetes",
    version: `v${KUBERNETES_VERSIONS["1.35"].patch}`,
    path: "api/openapi-spec/swagger.json",
    licence: "Apache-2.0",
    kinds: {
      ...KINDS_OF_TEAMS,
      v1: [...KINDS_OF_TEAMS.v1, "LimitRange", "Namespace", "ResourceQuota"],
      "scheduling.k8s.io/v1": ["PriorityClass"],
      "storage.k8s.io/v1": ["StorageClass"],
    },
  },
  crdModule("github.com/fluxcd/source-controller", {
    title: "Flux sources",
    note: "Of the versions that can be had, the nearest to Flux 2.7.5, which AKS installs.",
    files: [
      {
        path: "config/crd/bases/source.toolkit.fluxcd.io_helmrepositories.yaml",
        kinds: { "source.toolkit.fluxcd.io/v1": ["HelmRepository"] },
      },
      {
        path: "config/crd/bases/source.toolkit.fluxcd.io_ocirepositories.yaml",
        kinds: { "source.toolkit.fluxcd.io/v1": ["OCIRepository"] },
      },
    ],
  }),
  crdModule("github.com/fluxcd/kustomize-controller", {
    title: "Flux Kustomizations",
    files: [
      {
        path: "config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml",
        kinds: { "kustomize.toolkit.fluxcd.io/v1": ["Kustomization"] },
      },
    ],
  }),
  crdModule("github.com/fluxcd/helm-controller", {
    title: "Flux Helm releases",
    note: "Of the versions that can be had, the nearest to v1.4.5 of Flux 2.7.5, which AKS installs.",
    files: [
      {
        path: "config/crd/bases/helm.toolkit.fluxcd.io_helmreleases.yaml",
        kinds: { "helm.toolkit.fluxcd.io/v2": ["HelmRelease"] },
      },
    ],
  }),
  crdModule("github.com/Azure/karpenter-provider-azure", {
    title: "AKS node auto-provisioning",
    note: "Both kinds are the Azure provider's: its NodePool is the one AKS installs.",
    files: [
      { path: "pkg/apis/crds/karpenter.sh_nodepools.yaml", kinds: { "karpenter.sh/v1": ["NodePool"] } },
      {
        path: "pkg/apis/crds/karpenter.azure.com_aksnodeclasses.yaml",
        kinds: { "karpenter.azure.com/v1beta1": ["AKSNodeClass"] },
      },
    ],
  }),
  crdModule("github.com/cert-manager/cert-manager", {
    title: "cert-manager",
    files: [
      { path: "deploy/crds/cert-manager.io_certificates.yaml", kinds: { "cert-manager.io/v1": ["Certificate"] } },
      { path: "deploy/crds/cert-manager.io_clusterissuers.yaml", kinds: { "cert-manager.io/v1": ["ClusterIssuer"] } },
    ],
  }),
  crdModule("github.com/kyverno/kyverno", {
    title: "Kyverno",
    files: [
      {
        path: "config/crds/policies.kyverno.io/policies.kyverno.io_validatingpolicies.yaml",
        kinds: { "policies.kyverno.io/v1": ["ValidatingPolicy"] },
      },
    ],
  }),
  crdModule("istio.io/api", {
    title: "Istio",
    files: [
      {
        path: "kubernetes/customresourcedefinitions.gen.yaml",
        kinds: {
          "networking.istio.io/v1": ["DestinationRule", "Gateway", "VirtualService"],
          "security.istio.io/v1": ["AuthorizationPolicy", "PeerAuthentication"],
          "telemetry.istio.io/v1": ["Telemetry"],
        },
      },
    ],
  }),
  {
    from: "folder",
    title: "External Secrets Operator",
    version: EXTERNAL_SECRETS_CRDS.version,
    folder: `crds/external-secrets-${EXTERNAL_SECRETS_CRDS.version.replace(/^v/, "")}`,
    upstream: `https://raw.githubusercontent.com/external-secrets/external-secrets/${EXTERNAL_SECRETS_CRDS.version}/config/crds/bases/external-secrets.io_{file}`,
    licence: "Apache-2.0",
    note: "No Go module of this version can be had, so the files are committed.",
    files: [
      { path: "clustersecretstores.yaml", kinds: { "external-secrets.io/v1": ["ClusterSecretStore"] } },
      { path: "pushsecrets.yaml", kinds: { "external-secrets.io/v1alpha1": ["PushSecret"] } },
    ],
  },
  crdModule("sigs.k8s.io/secrets-store-csi-driver", {
    title: "Secrets Store CSI driver",
    files: [
      {
        path: "config/crd/bases/secrets-store.csi.x-k8s.io_secretproviderclasses.yaml",
        kinds: { "secrets-store.csi.x-k8s.io/v1": ["SecretProviderClass"] },
      },
    ],
  }),
  crdModule("github.com/kedacore/keda/v2", {
    title: "KEDA",
    files: [{ path: "config/crd/bases/keda.sh_scaledobjects.yaml", kinds: { "keda.sh/v1alpha1": ["ScaledObject"] } }],
  }),
  crdModule("github.com/prometheus-operator/prometheus-operator", {
    title: "Azure Monitor managed Prometheus",
    note: "Azure publishes no CRD of its own: these are the Prometheus operator's with the group monitoring.coreos.com replaced by azmonitoring.coreos.com.",
    renameGroups: { "monitoring.coreos.com": "azmonitoring.coreos.com" },
    files: [
      {
        path: "example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml",
        kinds: { "azmonitoring.coreos.com/v1": ["PodMonitor"] },
      },
      {
        path: "example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml",
        kinds: { "azmonitoring.coreos.com/v1": ["ServiceMonitor"] },
      },
    ],
  }),
];
