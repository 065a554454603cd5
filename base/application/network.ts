import type { NetworkPolicy, NetworkPolicyEgressRule } from "../../imports/k8s";
import type { Component } from "../component";
import { GATEWAY_NAMESPACE, MANAGED_GATEWAY } from "../mesh";
import { podsOf } from "../network-baseline";
import { add } from "../object";
import { applicationLabels } from "./instances";
import type { ApplicationInput, Call } from "./props";

/**
 * Opens the application's port to its own namespace, to its callers and, with a hostname, to the gateway, and opens what it calls. All else
 * stays closed by the namespace's default, which also lets in scrapes of the sidecar (`network-baseline.ts`).
 */
export function addNetworkPolicy(component: Component, application: ApplicationInput): void {
  const { name, namespace, port, host, calls = [], callers = [] } = application;
  const foreign = callers.filter((caller) => caller.namespace !== namespace);
  add<NetworkPolicy>(component, {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace },
    spec: {
      podSelector: { matchLabels: applicationLabels(application) },
      policyTypes: calls.length > 0 ? ["Ingress", "Egress"] : ["Ingress"],
      ingress: [
        {
          from: [
            { podSelector: {} },
            ...(host ? [podsOf(GATEWAY_NAMESPACE, { istio: MANAGED_GATEWAY })] : []),
            ...foreign.map((caller) => podsOf(caller.namespace, applicationLabels(caller))),
          ],
          ports: [{ protocol: "TCP", port }],
        },
      ],
      ...(calls.length > 0 && { egress: calls.map((call) => egress(call, namespace)) }),
    },
  });
}

function egress(call: Call, ownNamespace: string): NetworkPolicyEgressRule {
  return {
    to: [
      "cidr" in call
        ? { ipBlock: { cidr: call.cidr } }
        : podsOf(call.namespace ?? ownNamespace, applicationLabels({ name: call.application })),
    ],
    ports: [{ protocol: "TCP", port: call.port }],
  };
}
