import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicySpec } from "../imports/k8s";
import type { Scope } from "./component";
import { ISTIOD_PORT, MESH_NAMESPACE, SIDECAR_METRICS_PORT } from "./mesh";
import { add } from "./object";

/**
 * What any pod of an application namespace may do: nothing but resolve names, and in the mesh talk to istiod and be scraped.
 * An application's own policy opens its port and what it calls. Reading a secret needs no egress: the CSI driver fetches it from
 * outside the pod; nor do probes, which Cilium always lets in from the pod's own node.
 */
export function addNetworkBaseline(scope: Scope, namespace: string, meshed: boolean): void {
  addPolicy(scope, namespace, "default-deny", { policyTypes: ["Ingress", "Egress"] });
  addPolicy(scope, namespace, "allow-dns", {
    policyTypes: ["Egress"],
    egress: [
      {
        to: [podsOf("kube-system", { "k8s-app": "kube-dns" })],
        ports: [
          { protocol: "UDP", port: 53 },
          { protocol: "TCP", port: 53 },
        ],
      },
    ],
  });
  if (!meshed) return;
  addPolicy(scope, namespace, "allow-mesh", {
    policyTypes: ["Ingress", "Egress"],
    ingress: [
      {
        from: [podsOf("kube-system", { rsName: "ama-metrics" })],
        ports: [{ protocol: "TCP", port: SIDECAR_METRICS_PORT }],
      },
    ],
    egress: [{ to: [podsOf(MESH_NAMESPACE)], ports: [{ protocol: "TCP", port: ISTIOD_PORT }] }],
  });
}

/** Pods of a namespace, all or those with the labels. A namespace is known by the label that Kubernetes itself puts on it. */
export function podsOf(namespace: string, labels?: Readonly<Record<string, string>>): NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    ...(labels && { podSelector: { matchLabels: labels } }),
  };
}

function addPolicy(scope: Scope, namespace: string, name: string, spec: Omit<NetworkPolicySpec, "podSelector">): void {
  add<NetworkPolicy>(scope, {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace },
    spec: { podSelector: {}, ...spec },
  });
}
