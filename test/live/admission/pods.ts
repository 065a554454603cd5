import type { KubernetesObject } from "../../../base/object";

/** A container, as far as tests look into it. */
export interface Container {
  readonly name: string;
  image?: string;
  resources?: { readonly requests?: Record<string, string>; readonly limits?: Record<string, string> };
  securityContext?: Record<string, unknown>;
}

/** A pod's own part. */
export interface PodSpec {
  containers: Container[];
  initContainers?: Container[];
  ephemeralContainers?: Container[];
  nodeName?: string;
  hostNetwork?: boolean;
  volumes?: unknown[];
  automountServiceAccountToken?: boolean;
  serviceAccountName?: string;
}

/** A pod, or the template of one. */
export interface PodTemplate {
  metadata?: { labels?: Record<string, string> };
  spec: PodSpec;
}

/** A pod, or what creates pods. */
export interface Workload extends KubernetesObject {
  spec: PodSpec & { template?: PodTemplate; jobTemplate?: { spec: { template: PodTemplate } } };
}

/** The pod in it. */
export function podTemplateOf(object: Workload): PodTemplate {
  if (object.kind === "Pod") return object as unknown as PodTemplate;
  const template = object.spec.jobTemplate?.spec.template ?? object.spec.template;
  if (!template) throw new Error(`${object.kind}/${object.metadata.name} has no pod in it`);
  return template;
}

/** A pod as its controller would make it. */
export function podOf(workload: Workload): Workload {
  const { metadata, spec } = podTemplateOf(workload);
  const { name, namespace } = workload.metadata;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `${name}-again`, ...(namespace && { namespace }), labels: { ...metadata?.labels } },
    spec,
  };
}
