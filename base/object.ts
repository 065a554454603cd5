import { ApiObject } from "cdk8s";
import type { Construct } from "constructs";

/** The part of a Kubernetes object that all kinds share; the generated types in `imports/` extend it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** Metadata that a manifest may carry; the name is always explicit, so that no hash can change it. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Adds one object to a component, typed by its generated interface: `add<ClusterIssuer>(this, { apiVersion: … })`.
 * Throws when the component already has an object of that group, kind, namespace and name.
 */
export function add<T extends KubernetesObject>(scope: Construct, manifest: T): void {
  const { apiVersion, kind, metadata, ...rest } = manifest;
  const id = [apiVersion.replace("/", "."), kind, metadata.namespace ?? "", metadata.name].join(":");
  new ApiObject(scope, id.replaceAll("/", "%2F"), { apiVersion, kind, metadata, ...rest });
}
