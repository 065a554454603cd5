import type { KubernetesObject } from "../../base/object";
import { type Cluster, type Fleet, GATEWAY_NAMESPACE } from "../../clusters/fleet";
import { nodesOf } from "./nodes";

/** What a cluster has before Flux begins, beside CRDs: namespaces of AKS's add-ons, and nodes. */
export function givenObjects(fleet: Fleet, cluster: Cluster): readonly KubernetesObject[] {
  const namespaces = cluster.mesh ? ["aks-istio-system", GATEWAY_NAMESPACE] : [];
  return [
    ...namespaces.map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })),
    ...nodesOf(fleet, cluster),
  ];
}
