import type { ConfigMap, HorizontalPodAutoscaler } from "../imports/k8s";
import type { Gateway } from "../imports/networking.istio.io";
import type { Telemetry } from "../imports/telemetry.istio.io";
import { Component, type Scope } from "./component";
import { embeddedYaml } from "./embedded";
import {
  addAllowFromCallers,
  addAllowFromGateway,
  addDenyByDefault,
  addStrictMtls,
  type CalledApplication,
  type ExposedApplication,
} from "./istio-authorization";
import { meshScrapeConfig } from "./istio-metrics";
import { GATEWAY_NAME, GATEWAY_NAMESPACE, MANAGED_GATEWAY, MESH_NAMESPACE } from "./mesh";
import { add } from "./object";

export { GATEWAY_NAME, GATEWAY_NAMESPACE, GATEWAY_REF } from "./mesh";

/** The way in from outside. */
export interface IngressProps {
  /** The gateway answers to every host one label below this domain. */
  readonly domain: string;
  /** Name of the TLS Secret beside the gateway's pods. */
  readonly credentialName: string;
  /** Fewest gateway pods; AKS refuses fewer than 2. @default 3, one for each zone */
  readonly minReplicas?: number;
  /** Most gateway pods. @default 6 */
  readonly maxReplicas?: number;
}

/** Props of {@link Istio}. */
export interface IstioProps {
  /** Revision of the AKS service mesh, for example `asm-1-30`. */
  readonly revision: string;
  /** Namespaces whose pods get a sidecar. */
  readonly meshedNamespaces: readonly string[];
  /** The managed ingress gateway. @default no gateway */
  readonly ingress?: IngressProps;
  /** Applications that the gateway may call; everything else is refused. @default none */
  readonly exposed?: readonly ExposedApplication[];
  /** Applications that others in the mesh call; everything else is refused. @default none */
  readonly called?: readonly CalledApplication[];
}

/**
 * What we configure of the mesh that AKS runs: mutual TLS everywhere, nothing allowed but what is listed, and the gateway.
 * istiod, the gateway's Deployment and all CRDs are AKS's own.
 */
export class Istio extends Component {
  constructor(scope: Scope, props: IstioProps) {
    super(scope, "istio", { dependsOn: ["namespaces"] });
    addMeshConfig(this, props.revision);
    addTelemetry(this);
    for (const namespace of [MESH_NAMESPACE, ...props.meshedNamespaces]) addStrictMtls(this, namespace);
    for (const namespace of props.meshedNamespaces) addDenyByDefault(this, namespace);
    for (const application of props.exposed ?? []) {
      refuseUnreachable(application, props);
      addAllowFromGateway(this, application);
    }
    for (const application of props.called ?? []) addAllowFromCallers(this, application);
    if (props.ingress) {
      addGateway(this, props.ingress);
      addGatewayFloor(this, props.ingress, props.revision);
    }
    add<ConfigMap>(this, meshScrapeConfig());
  }
}

/**
 * The part of MeshConfig that is ours. The name carries the revision, since istiod reads only its own; AKS merges it below its
 * defaults and refuses fields that are not on its list. Source: learn.microsoft.com/azure/aks/istio-meshconfig.
 */
function addMeshConfig(scope: Scope, revision: string): void {
  const mesh = {
    accessLogFile: "/dev/stdout",
    accessLogEncoding: "JSON",
    defaultConfig: { holdApplicationUntilProxyStarts: true },
    // Which addresses a pod may reach is for NetworkPolicies, which hold outside the pod; a process can go around its sidecar.
    outboundTrafficPolicy: { mode: "ALLOW_ANY" },
    // Without it `/public//..%2fadmin` would match an allowed `/public/*`. Source: istio.io, security best practices.
    pathNormalization: { normalization: "DECODE_AND_MERGE_SLASHES" },
  };
  add<ConfigMap>(scope, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: `istio-shared-configmap-${revision}`, namespace: MESH_NAMESPACE },
    data: { mesh: embeddedYaml(mesh) },
  });
}

function addTelemetry(scope: Scope): void {
  add<Telemetry>(scope, {
    apiVersion: "telemetry.istio.io/v1",
    kind: "Telemetry",
    metadata: { name: "mesh-default", namespace: MESH_NAMESPACE },
    spec: { accessLogging: [{ providers: [{ name: "envoy" }] }] },
  });
}

function refuseUnreachable({ name, namespace }: ExposedApplication, props: IstioProps): void {
  if (!props.ingress) throw new Error(`${namespace}/${name} is exposed, but this mesh has no ingress gateway`);
  if (!props.meshedNamespaces.includes(namespace)) {
    throw new Error(
      `${namespace}/${name} is exposed, but its namespace is not meshed: the gateway's policy could not hold there`,
    );
  }
}

function addGateway(scope: Scope, ingress: IngressProps): void {
  const hosts = [`*.${ingress.domain}`];
  add<Gateway>(scope, {
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name: GATEWAY_NAME, namespace: GATEWAY_NAMESPACE },
    spec: {
      selector: { istio: MANAGED_GATEWAY },
      servers: [
        { port: { number: 80, name: "http", protocol: "HTTP" }, hosts, tls: { httpsRedirect: true } },
        {
          port: { number: 443, name: "https", protocol: "HTTPS" },
          hosts,
          tls: { mode: "SIMPLE", credentialName: ingress.credentialName, minProtocolVersion: "TLSV1_2" },
        },
      ],
    },
  });
}

/**
 * Raises the floor of the autoscaler that AKS creates for the gateway, so that a zone can fail. The object is AKS's: Flux merges
 * these fields into it, leaves the rest (metrics), and never deletes it. Its name carries the revision.
 * Sources: learn.microsoft.com/azure/aks/istio-scale; fluxcd.io/flux/components/kustomize/kustomizations, "Controlling the apply behavior".
 */
function addGatewayFloor(scope: Scope, ingress: IngressProps, revision: string): void {
  const { minReplicas = 3, maxReplicas = 6 } = ingress;
  if (minReplicas < 2)
    throw new Error(`the ingress gateway needs minReplicas of at least 2 (AKS refuses ${minReplicas})`);
  if (maxReplicas < minReplicas)
    throw new Error(`the ingress gateway's maxReplicas ${maxReplicas} is below its minReplicas ${minReplicas}`);
  const name = `${MANAGED_GATEWAY}-${revision}`;
  add<HorizontalPodAutoscaler>(scope, {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: {
      name,
      namespace: GATEWAY_NAMESPACE,
      annotations: { "kustomize.toolkit.fluxcd.io/prune": "disabled", "kustomize.toolkit.fluxcd.io/ssa": "Merge" },
    },
    spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name }, minReplicas, maxReplicas },
  });
}
