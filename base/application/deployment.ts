import { ApiObject, Duration, JsonPatch, Size } from "cdk8s";
import type { Lifecycle, PodSpec } from "../../imports/k8s";
import type { Component } from "../component";
import { SPOT_TAINT, SPOT_TOLERATION } from "../placement";
import {
  Capability,
  type ContainerProps,
  Cpu,
  Deployment,
  DeploymentStrategy,
  EnvValue,
  ImagePullPolicy,
  LabelSelector,
  PercentOrAbsolute,
  Probe,
  SeccompProfileType,
  ServiceAccount,
  Volume,
} from "../plus";
import { PRIORITY } from "../priority-classes";
import { identityAnnotations, WORKLOAD_IDENTITY_LABEL } from "../workload-identity";
import { instanceLabels } from "./instances";
import type { ApplicationInput, Instance } from "./props";
import { cpuMillis, memoryMebibytes } from "./quantity";

/** Where secrets are mounted. */
const SECRETS_PATH = "/mnt/secrets";
/** Seconds that a pod still answers after it was told to go, until no gateway or Service sends it requests any more. */
const DRAIN_SECONDS = 5;
/** Seconds from the first notice to the kill, drain included: below the 30 that Azure gives a Spot machine. */
const GRACE_SECONDS = 25;
/** The label of the ingress pool. AKS prefers those nodes for the gateway but its add-on tolerates no taint, so they have none. */
const INGRESS_POOL_LABEL = "azureservicemesh/istio.replica.preferred";
/** The label by which cdk8s-plus finds its own pods: a hash of the construct's path, so that a rename would roll every pod. */
const ADDRESS_LABEL = "cdk8s.io/metadata.addr";

/** The account that the pods run as, and act in Azure as if they have an identity; the token of Kubernetes stays out of the pods. */
export function addServiceAccount(
  component: Component,
  { name, namespace, clientId }: ApplicationInput,
): ServiceAccount {
  return new ServiceAccount(component, "service-account", {
    metadata: { name, namespace, ...(clientId && { annotations: identityAnnotations(clientId) }) },
    automountToken: false,
  });
}

/** One Deployment, without a number of replicas: its HorizontalPodAutoscaler, or KEDA's, decides that. */
export function addDeployment(
  component: Component,
  application: ApplicationInput,
  instance: Instance,
  serviceAccount: ServiceAccount,
): void {
  const { namespace, clientId, secrets = [] } = application;
  const selector = instanceLabels(application, instance);
  const labels = {
    ...selector,
    "app.kubernetes.io/name": application.name,
    version: instance.version,
  };
  const deployment = new Deployment(component, instance.name, {
    metadata: {
      name: instance.name,
      namespace,
      labels,
      // Files change when a secret rotates, but few applications look again. Reloader restarts them.
      ...(secrets.length > 0 && {
        annotations: { "secretproviderclass.reloader.stakater.com/reload": application.name },
      }),
    },
    podMetadata: {
      labels: { ...labels, ...(clientId && WORKLOAD_IDENTITY_LABEL) },
    },
    select: false,
    serviceAccount,
    automountServiceAccountToken: false,
    terminationGracePeriod: Duration.seconds(GRACE_SECONDS),
    strategy: DeploymentStrategy.rollingUpdate({
      maxSurge: PercentOrAbsolute.percent(25),
      maxUnavailable: PercentOrAbsolute.absolute(0),
    }),
    containers: [container(component, application, instance)],
  });
  deployment.select(LabelSelector.of({ labels: { ...selector } }));
  deployment.markHasAutoscaler();
  ApiObject.of(deployment).addJsonPatch(
    JsonPatch.remove(`/spec/template/metadata/labels/${ADDRESS_LABEL.replace("/", "~1")}`),
    JsonPatch.add("/spec/template/spec/containers/0/lifecycle", lifecycle()),
    ...Object.entries(scheduling(application, instance)).map(([field, value]) =>
      JsonPatch.add(`/spec/template/spec/${field}`, value),
    ),
  );
}

/** All that the restricted Pod Security level asks for is on the container. Source: kubernetes.io, pod security standards. */
function container(component: Component, application: ApplicationInput, instance: Instance): ContainerProps {
  const { name, port, secrets = [], env = {}, probes = {} } = application;
  const { readiness = "/readyz", liveness = "/healthz" } = probes;
  const every = (seconds: number, failureThreshold: number) => ({
    port,
    periodSeconds: Duration.seconds(seconds),
    failureThreshold,
  });
  return {
    name: instance.name,
    image: instance.image,
    imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
    ports: [{ number: port, name: "http" }],
    envVariables: Object.fromEntries(Object.entries(env).map(([key, value]) => [key, EnvValue.fromValue(value)])),
    resources: resources(application),
    securityContext: {
      ensureNonRoot: true,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: [Capability.ALL] },
      seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
    },
    startup: Probe.fromHttpGet(liveness, every(2, 60)),
    readiness: Probe.fromHttpGet(readiness, every(5, 2)),
    liveness: Probe.fromHttpGet(liveness, every(10, 3)),
    volumeMounts: [
      {
        path: "/tmp",
        volume: Volume.fromEmptyDir(component, `${instance.name}-tmp`, "tmp", { sizeLimit: Size.mebibytes(64) }),
      },
      ...(secrets.length > 0
        ? [
            {
              path: SECRETS_PATH,
              readOnly: true,
              // The object is rendered by the component `secrets`, under the application's name.
              volume: Volume.fromCsi(component, `${instance.name}-secrets`, "secrets-store.csi.k8s.io", {
                name: "secrets",
                readOnly: true,
                attributes: { secretProviderClass: name },
              }),
            },
          ]
        : []),
    ],
  };
}

/** Amounts are checked before (`checks.ts`). Memory is not overcommitted: a pod killed for its neighbour's memory is a riddle. */
function resources({ resources: { cpu, cpuLimit, memory } }: ApplicationInput): ContainerProps["resources"] {
  const request = cpuMillis(cpu) ?? 0;
  const mebibytes = Size.mebibytes(memoryMebibytes(memory) ?? 0);
  return {
    cpu: {
      request: Cpu.millis(request),
      limit: Cpu.millis(cpuLimit ? (cpuMillis(cpuLimit) ?? 0) : request * 4),
    },
    memory: { request: mebibytes, limit: mebibytes },
  };
}

/** Sleeps in the kubelet, so the image needs no shell. Source: kubernetes.io, container lifecycle hooks (GA in 1.34). */
function lifecycle(): Lifecycle {
  return { preStop: { sleep: { seconds: DRAIN_SECONDS } } };
}

/**
 * What cdk8s-plus cannot say. Nothing pins a pod to Spot nodes: it bears them and prefers them, so that a fallback pool can
 * take over. Spread over zones is wished for, not demanded, since Spot capacity may be left in one zone only. Of the nodes no one gets more than
 * half of the pods: after a night all nodes are new, and the first that is ready would otherwise get every pod.
 */
function scheduling(application: ApplicationInput, instance: Instance): Partial<PodSpec> {
  const labelSelector = { matchLabels: instanceLabels(application, instance) };
  const over = (topologyKey: string) => ({
    topologyKey,
    labelSelector,
    // Else the pods of the version on its way out would count.
    matchLabelKeys: ["pod-template-hash"],
  });
  return {
    priorityClassName: PRIORITY.application,
    enableServiceLinks: false,
    topologySpreadConstraints: [
      { ...over("topology.kubernetes.io/zone"), maxSkew: 1, whenUnsatisfiable: "ScheduleAnyway" },
      {
        ...over("kubernetes.io/hostname"),
        maxSkew: Math.ceil(instance.replicas.min / 2),
        whenUnsatisfiable: "DoNotSchedule",
        // Nodes that the pods do not tolerate are no places for them, nor are those whose network is not up yet.
        nodeTaintsPolicy: "Honor",
        ...(instance.replicas.min > 1 && { minDomains: 2 }),
      },
    ],
    ...(application.spot && { tolerations: [SPOT_TOLERATION] }),
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: INGRESS_POOL_LABEL, operator: "DoesNotExist" }] }],
        },
        ...(application.spot && {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 100,
              preference: { matchExpressions: [{ key: SPOT_TAINT.key, operator: "In", values: [SPOT_TAINT.value] }] },
            },
          ],
        }),
      },
    },
  };
}
