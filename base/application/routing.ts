import type { Service } from "../../imports/k8s";
import type { DestinationRule, VirtualService } from "../../imports/networking.istio.io";
import type { Component } from "../component";
import { GATEWAY_REF } from "../mesh";
import { add } from "../object";
import { applicationLabels, instanceLabels } from "./instances";
import type { ApplicationInput, Instance } from "./props";

/** Port of every application's Service, whatever its container listens on. */
const SERVICE_PORT = 80;

/** The address inside the cluster. The port's name and protocol tell the mesh that this is HTTP. */
export function addService(component: Component, application: ApplicationInput): void {
  const { name, namespace } = application;
  add<Service>(component, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace, labels: applicationLabels(application) },
    spec: {
      type: "ClusterIP",
      selector: applicationLabels(application),
      ports: [{ name: "http", port: SERVICE_PORT, targetPort: "http", protocol: "TCP", appProtocol: "http" }],
    },
  });
}

/** The way in from outside, when the application has a public hostname. */
export function addRouting(component: Component, application: ApplicationInput, instances: readonly Instance[]): void {
  const { host } = application;
  if (!host) return;
  if (application.canary) addSubsets(component, application, instances);
  addRoutes(component, application, host);
}

/** What the weights of the routes refer to. */
function addSubsets(component: Component, application: ApplicationInput, instances: readonly Instance[]): void {
  const { name, namespace } = application;
  add<DestinationRule>(component, {
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: { name, namespace },
    spec: {
      host: serviceHost(application),
      subsets: instances.map((instance) => ({ name: instance.subset, labels: instanceLabels(application, instance) })),
    },
  });
}

/**
 * Retries are for requests that the application did not begin with, or said it could not take: another status may mean that
 * a payment was half made. They are Istio's defaults, written out so that they stay. Source: istio.io, virtual service, HTTPRetry.
 */
const RETRY_ON = "connect-failure,refused-stream,unavailable,cancelled";

function addRoutes(component: Component, application: ApplicationInput, host: string): void {
  const { name, namespace, canary, retries, timeout } = application;
  const to = (subset?: Instance["subset"]) => ({
    host: serviceHost(application),
    port: { number: SERVICE_PORT },
    ...(subset && { subset }),
  });
  add<VirtualService>(component, {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name, namespace },
    spec: {
      hosts: [host],
      gateways: [GATEWAY_REF],
      http: [
        {
          route: canary
            ? [
                { destination: to("stable"), weight: 100 - canary.weight },
                { destination: to("canary"), weight: canary.weight },
              ]
            : [{ destination: to() }],
          ...(retries && { retries: { ...retries, retryOn: RETRY_ON } }),
          ...(timeout && { timeout }),
        },
      ],
    },
  });
}

/** The full name: a short one would be looked up in whatever namespace reads the rule. Source: istio.io, destination. */
function serviceHost({ name, namespace }: ApplicationInput): string {
  return `${name}.${namespace}.svc.cluster.local`;
}
