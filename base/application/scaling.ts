import type { HorizontalPodAutoscaler, PodDisruptionBudget } from "../../imports/k8s";
import type { Component } from "../component";
import { add } from "../object";
import { instanceLabels } from "./instances";
import type { ApplicationInput, Instance } from "./props";

/** Share of the requested CPU at which pods are added. Night scaling keeps to it by day. */
export const CPU_TARGET_PERCENT = 70;

/**
 * Scales one Deployment by the CPU of its own container: a sidecar's would blur it.
 * On a cluster that drains at night KEDA takes this object over (`night.ts`); Flux then only creates it, or the two would
 * write it in turn. From then on KEDA removes it too, with its ScaledObject: Flux forgets an object that it skips.
 * Source: fluxcd.io/flux/components/kustomize/kustomizations, "Controlling the apply behavior of resources".
 */
export function addAutoscaler(component: Component, application: ApplicationInput, instance: Instance): void {
  const { name, replicas } = instance;
  add<HorizontalPodAutoscaler>(component, {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: {
      name,
      namespace: application.namespace,
      labels: instanceLabels(application, instance),
      ...(application.drains && { annotations: { "kustomize.toolkit.fluxcd.io/ssa": "IfNotPresent" } }),
    },
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
      minReplicas: replicas.min,
      maxReplicas: replicas.max,
      metrics: [
        {
          type: "ContainerResource",
          containerResource: {
            name: "cpu",
            container: name,
            target: { type: "Utilization", averageUtilization: CPU_TARGET_PERCENT },
          },
        },
      ],
    },
  });
}

/** One pod at a time may go for a drain or a consolidation. A pod that is not ready anyway never stands in the way. */
export function addDisruptionBudget(component: Component, application: ApplicationInput, instance: Instance): void {
  add<PodDisruptionBudget>(component, {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: {
      name: instance.name,
      namespace: application.namespace,
      labels: instanceLabels(application, instance),
    },
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: { matchLabels: instanceLabels(application, instance) },
    },
  });
}
