import type { KubernetesObject } from "../../base/object";
import { type Cluster, FLUX_NAMESPACE, type Fleet, GATEWAY_NAMESPACE } from "../../clusters/fleet";
import { nodesOf } from "./nodes";

/** The account that Flux acts as where a Kustomization or HelmRelease names none. Source: Azure's `microsoft.flux` extension, multi-tenancy. */
export const APPLIER = "flux-applier";

/** What a cluster has before Flux begins, beside CRDs: namespaces of AKS's add-ons, and nodes. */
export function givenObjects(fleet: Fleet, cluster: Cluster): readonly KubernetesObject[] {
  const namespaces = cluster.mesh ? ["aks-istio-system", GATEWAY_NAMESPACE] : [];
  return [
    ...namespaces.map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })),
    ...nodesOf(fleet, cluster),
  ];
}

/** What Flux needs on a cluster before it starts: its namespace, and the account that it acts as. */
export function fluxAccounts(): readonly KubernetesObject[] {
  const binding = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: `${APPLIER}-cluster-admin` },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
    subjects: [{ kind: "ServiceAccount", name: APPLIER, namespace: FLUX_NAMESPACE }],
  };
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: FLUX_NAMESPACE } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: APPLIER, namespace: FLUX_NAMESPACE } },
    binding,
  ];
}
