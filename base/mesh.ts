/**
 * Names that the AKS service mesh add-on gives, and the one gateway that everything public goes through.
 * Source: learn.microsoft.com/azure/aks/istio-deploy-addon and istio-deploy-ingress.
 */

/** Namespace of istiod, the root namespace of the mesh: what is configured here holds mesh-wide. AKS owns it. */
export const MESH_NAMESPACE = "aks-istio-system";

/** Namespace of the ingress gateway's pods; TLS secrets must lie beside them, since the gateway reads them by SDS. AKS owns it. */
export const GATEWAY_NAMESPACE = "aks-istio-ingress";

/** Name of the managed gateway for traffic from outside: the value of its `istio` label, its Service and its service account. */
export const MANAGED_GATEWAY = "aks-istio-ingressgateway-external";

/** Name of our `Gateway` object. */
export const GATEWAY_NAME = "ingress";

/** What a VirtualService of any namespace writes under `gateways` to be served from outside. */
export const GATEWAY_REF = `${GATEWAY_NAMESPACE}/${GATEWAY_NAME}`;

/** Who the gateway is to the workloads it calls: the SPIFFE identity in its client certificate, without the scheme. */
export const GATEWAY_PRINCIPAL = `cluster.local/ns/${GATEWAY_NAMESPACE}/sa/${MANAGED_GATEWAY}`;

/** Port on which a sidecar answers Prometheus with its own and its application's metrics, in plain text even under STRICT. */
export const SIDECAR_METRICS_PORT = 15020;

/** Port on which istiod hands configuration and certificates to sidecars. */
export const ISTIOD_PORT = 15012;

/** Port on which istiod answers Prometheus. */
export const ISTIOD_METRICS_PORT = 15014;
