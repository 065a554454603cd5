import type { KubernetesObject } from "../../../base/object";
import { pushedTree } from "../pushed";
import { nameOf } from "./objects";

/** An object of a cluster's tree and the component that delivers it. */
export interface Placed {
  readonly name: string;
  readonly component: string;
  readonly object: KubernetesObject;
}

/** All objects of a cluster in the repository. */
export function treeOf(clone: string, cluster: string): readonly Placed[] {
  // Nothing here depends on the value of a variable.
  return pushedTree(clone, cluster, {}).map(({ file, object }) => ({
    name: nameOf(object),
    component: file.split("/")[0] ?? "",
    object,
  }));
}

/** Charts whose controllers give a kind its meaning, by the kind's API group. */
const CONTROLLERS: Readonly<Record<string, string>> = {
  "policies.kyverno.io": "flux-system/HelmRelease/kyverno",
  "cert-manager.io": "flux-system/HelmRelease/cert-manager",
  "external-secrets.io": "flux-system/HelmRelease/external-secrets",
};

/**
 * Names of objects without which another one cannot do its work, as its own fields say, not as `dependsOn` does: so that an order
 * which nobody declared is found missing. Only objects that the tree has count; the rest is the cluster's own.
 */
export function needsOf({ object }: Placed, tree: readonly Placed[]): readonly string[] {
  const { namespace = "" } = object.metadata;
  const group = object.apiVersion.split("/")[0] ?? "";
  const needs = [`/Namespace/${namespace}`, CONTROLLERS[group] ?? "", ...referencesIn(object, namespace)];
  // Pods are admitted by policies and run on nodes of pools: both come first.
  if (object.kind === "Deployment") {
    const first = new Set(["ValidatingPolicy", "NodePool"]);
    needs.push(...tree.filter((each) => first.has(each.object.kind)).map(({ name }) => name));
  }
  const names = new Set(tree.map(({ name }) => name));
  return [...new Set(needs)].filter((name) => names.has(name) && name !== nameOf(object));
}

/** What fields of these names refer to. */
const FIELDS: Readonly<Record<string, (value: string, namespace: string) => string>> = {
  priorityClassName: (value) => `/PriorityClass/${value}`,
  storageClassName: (value) => `/StorageClass/${value}`,
  targetNamespace: (value) => `/Namespace/${value}`,
  storageNamespace: (value) => `/Namespace/${value}`,
  serviceAccountName: (value, namespace) => `${namespace}/ServiceAccount/${value}`,
  secretProviderClass: (value, namespace) => `${namespace}/SecretProviderClass/${value}`,
};

function referencesIn(value: unknown, namespace: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each) => [...gateway(each), ...referencesIn(each, namespace)]);
  if (typeof value !== "object" || value === null) return [];
  const { kind, name } = value as { kind?: unknown; name?: unknown };
  const byKind =
    typeof kind === "string" && typeof name === "string" ? [`${namespace}/${kind}/${name}`, `/${kind}/${name}`] : [];
  const byField = Object.entries(value).flatMap(([field, each]) => {
    const refer = FIELDS[field];
    return refer && typeof each === "string" ? [refer(each, namespace)] : referencesIn(each, namespace);
  });
  return [...byKind, ...byField];
}

/** Istio names a gateway of another namespace as `namespace/name`. */
function gateway(value: unknown): readonly string[] {
  if (typeof value !== "string" || !value.includes("/")) return [];
  const [namespace, name] = value.split("/");
  return [`${namespace}/Gateway/${name}`];
}
