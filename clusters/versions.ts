/**
 * Every pinned version that what runs in the clusters depends on, in one place. Renovate reads the `renovate:` comments.
 * Versions of build tools are in `tools/<name>/go.mod`, of npm packages in `package.json`.
 */

/** Kubernetes minors this platform is proven with: the patch whose API schemas are used. */
export const KUBERNETES_VERSIONS = {
  "1.35": {
    // renovate: datasource=go depName=k8s.io/kubernetes extractVersion=^v(?<version>.+)$
    patch: "1.35.4",
  },
} as const;

/**
 * Revisions of the AKS service mesh and the Kubernetes minors each supports.
 * Source: learn.microsoft.com/azure/aks/istio-support-policy.
 */
export const MESH_REVISIONS = {
  "asm-1-29": { kubernetes: ["1.31", "1.36"] },
  "asm-1-30": { kubernetes: ["1.32", "1.36"] },
} as const;

/** Helm charts that Flux installs; `registry` is the folder (`oci://`) or repository (`https://`) that the project publishes them in. */
export const CHARTS = {
  "cert-manager": {
    name: "cert-manager",
    registry: "oci://quay.io/jetstack/charts",
    // renovate: datasource=docker depName=quay.io/jetstack/charts/cert-manager
    version: "v1.21.1",
  },
  "external-secrets": {
    name: "external-secrets",
    registry: "oci://ghcr.io/external-secrets/charts",
    // renovate: datasource=docker depName=ghcr.io/external-secrets/charts/external-secrets
    version: "2.9.0",
  },
  kiali: {
    name: "kiali-server",
    registry: "https://kiali.org/helm-charts",
    // renovate: datasource=helm depName=kiali-server registryUrl=https://kiali.org/helm-charts
    version: "2.30.0",
  },
  kyverno: {
    name: "kyverno",
    registry: "oci://ghcr.io/kyverno/charts",
    // renovate: datasource=docker depName=ghcr.io/kyverno/charts/kyverno
    version: "3.9.0",
  },
  reloader: {
    name: "reloader",
    registry: "oci://ghcr.io/stakater/charts",
    // renovate: datasource=docker depName=ghcr.io/stakater/charts/reloader
    version: "2.2.16",
  },
} as const satisfies Record<string, { readonly name: string; readonly registry: string; readonly version: string }>;

/**
 * Go modules that carry the CRDs, each at the version the clusters run. `imports/sources.ts` says which files and kinds are taken.
 * Flux's are those of the AKS extension (microsoft.flux 1.24 is Flux 2.7.5), so that nothing newer than the cluster understands gets in.
 */
export const CRD_MODULES = {
  // renovate: datasource=go depName=github.com/fluxcd/source-controller
  "github.com/fluxcd/source-controller": "v1.7.3",
  // renovate: datasource=go depName=github.com/fluxcd/kustomize-controller
  "github.com/fluxcd/kustomize-controller": "v1.7.3",
  // renovate: datasource=go depName=github.com/fluxcd/helm-controller
  "github.com/fluxcd/helm-controller": "v1.4.3",
  // renovate: datasource=go depName=github.com/Azure/karpenter-provider-azure
  "github.com/Azure/karpenter-provider-azure": "v1.14.2",
  // renovate: datasource=go depName=github.com/cert-manager/cert-manager
  "github.com/cert-manager/cert-manager": "v1.21.1",
  // renovate: datasource=go depName=github.com/kyverno/kyverno
  "github.com/kyverno/kyverno": "v1.19.0",
  // renovate: datasource=go depName=istio.io/api
  "istio.io/api": "v1.30.3",
  // renovate: datasource=go depName=sigs.k8s.io/secrets-store-csi-driver
  "sigs.k8s.io/secrets-store-csi-driver": "v1.6.0",
  // renovate: datasource=go depName=github.com/kedacore/keda/v2
  "github.com/kedacore/keda/v2": "v2.19.0",
  // renovate: datasource=go depName=github.com/prometheus-operator/prometheus-operator
  "github.com/prometheus-operator/prometheus-operator": "v0.93.0",
} as const;

/** The External Secrets Operator's CRDs come with its release, no Go module of that version carries them. */
export const EXTERNAL_SECRETS_CRDS = {
  // renovate: datasource=github-releases depName=external-secrets/external-secrets
  version: "v2.9.0",
} as const;
