/** Rights by which somebody reaches beyond the own namespace: each is one step from all of the cluster, or from all its secrets. */
export const POWERS = [
  "* *",
  "get secrets",
  "list secrets",
  "create secrets",
  "update secrets",
  "delete secrets",
  "create pods",
  "delete pods",
  "create pods/exec",
  "create pods/ephemeralcontainers",
  "create deployments.apps",
  "patch deployments.apps",
  "create daemonsets.apps",
  "create jobs.batch",
  "create serviceaccounts",
  "create serviceaccounts/token",
  "impersonate users",
  "impersonate serviceaccounts",
  "create clusterroles.rbac.authorization.k8s.io",
  "create clusterrolebindings.rbac.authorization.k8s.io",
  "create rolebindings.rbac.authorization.k8s.io",
  "bind clusterroles.rbac.authorization.k8s.io",
  "escalate clusterroles.rbac.authorization.k8s.io",
  "patch nodes",
  "get nodes/proxy",
  "create namespaces",
  "delete namespaces",
  "patch namespaces",
  "create validatingwebhookconfigurations.admissionregistration.k8s.io",
  "create mutatingwebhookconfigurations.admissionregistration.k8s.io",
  "create customresourcedefinitions.apiextensions.k8s.io",
  "approve signers.certificates.k8s.io",
  "create kustomizations.kustomize.toolkit.fluxcd.io",
  "create helmreleases.helm.toolkit.fluxcd.io",
  "create policyexceptions.policies.kyverno.io",
  "update validatingpolicies.policies.kyverno.io",
  "update configmaps",
] as const;

/** Who holds which of them, by account; nobody else holds any. Beside Flux's, all come from the charts' defaults. */
export const HOLDERS: Readonly<Record<string, readonly (typeof POWERS)[number][]>> = {
  // As the AKS extension's.
  "flux-system/flux-applier": POWERS,
  "cert-manager/cert-manager": [
    "get secrets",
    "list secrets",
    "create secrets",
    "update secrets",
    "delete secrets",
    // It solves challenges over HTTP by pods; ours are solved over DNS.
    "create pods",
    "delete pods",
  ],
  "cert-manager/cert-manager-cainjector": ["get secrets", "list secrets"],
  "external-secrets/external-secrets": [
    "get secrets",
    "list secrets",
    "create secrets",
    "update secrets",
    "delete secrets",
    "create serviceaccounts/token",
  ],
  "external-secrets/external-secrets-cert-controller": ["get secrets", "list secrets", "update secrets"],
  "kyverno/kyverno-admission-controller": [
    "create validatingwebhookconfigurations.admissionregistration.k8s.io",
    "create mutatingwebhookconfigurations.admissionregistration.k8s.io",
    "create policyexceptions.policies.kyverno.io",
    "update validatingpolicies.policies.kyverno.io",
  ],
  // For policies that generate objects, of which the fleet has none.
  "kyverno/kyverno-background-controller": [
    "create rolebindings.rbac.authorization.k8s.io",
    "create policyexceptions.policies.kyverno.io",
    "update configmaps",
  ],
  "kyverno/kyverno-cleanup-controller": ["create validatingwebhookconfigurations.admissionregistration.k8s.io"],
  "kyverno/kyverno-reports-controller": ["update validatingpolicies.policies.kyverno.io"],
};

/** What accounts cannot do their work without. */
export const NEEDS: Readonly<Record<string, readonly string[]>> = {
  "flux-system/flux-applier": ["* *"],
  "cert-manager/cert-manager": [
    "list clusterissuers.cert-manager.io",
    "update clusterissuers.cert-manager.io/status",
    "update certificates.cert-manager.io/status",
    "create orders.acme.cert-manager.io",
    "create challenges.acme.cert-manager.io",
    "create secrets@aks-istio-ingress",
  ],
  "cert-manager/cert-manager-cainjector": [
    "update validatingwebhookconfigurations.admissionregistration.k8s.io",
    "update customresourcedefinitions.apiextensions.k8s.io",
  ],
  "external-secrets/external-secrets": [
    "list clustersecretstores.external-secrets.io",
    "update clustersecretstores.external-secrets.io/status",
    "list pushsecrets.external-secrets.io",
    "update pushsecrets.external-secrets.io/status",
    "get secrets@aks-istio-ingress",
    "create serviceaccounts/token@external-secrets",
  ],
  "kyverno/kyverno-admission-controller": [
    "list validatingpolicies.policies.kyverno.io",
    "update validatingpolicies.policies.kyverno.io/status",
    "update validatingwebhookconfigurations.admissionregistration.k8s.io",
    "create ephemeralreports.reports.kyverno.io",
    "create events",
    "list namespaces",
    "create subjectaccessreviews.authorization.k8s.io",
    "update secrets@kyverno",
    "update leases.coordination.k8s.io@kyverno",
  ],
  "kyverno/kyverno-reports-controller": [
    "list pods",
    "list deployments.apps",
    "list cronjobs.batch",
    "list ephemeralreports.reports.kyverno.io",
    "create policyreports.wgpolicyk8s.io",
  ],
};

const VERBS = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];
const RESOURCES = [
  "pods",
  "pods/exec",
  "pods/log",
  "pods/ephemeralcontainers",
  "secrets",
  "configmaps",
  "services",
  "serviceaccounts",
  "serviceaccounts/token",
  "namespaces",
  "nodes",
  "events",
  "deployments.apps",
  "jobs.batch",
  "roles.rbac.authorization.k8s.io",
  "rolebindings.rbac.authorization.k8s.io",
  "kustomizations.kustomize.toolkit.fluxcd.io",
  "gitrepositories.source.toolkit.fluxcd.io",
];

/** What an application may try, in a namespace and in all. */
export function attempts(namespace: string): readonly string[] {
  const everywhere = VERBS.flatMap((verb) => RESOURCES.map((resource) => `${verb} ${resource}`));
  return everywhere.flatMap((text) => [text, `${text}@${namespace}`]);
}
