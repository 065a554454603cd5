import type { KubernetesObject } from "./object";

/**
 * Kinds that Flux never deletes when they leave `dist`: what is in or behind them would be lost with them.
 * Deleting one is an operator's own act, with kubectl.
 */
export const PROTECTED_KINDS: ReadonlySet<string> = new Set([
  "CustomResourceDefinition",
  "Gateway",
  "Namespace",
  "PersistentVolumeClaim",
  "StorageClass",
]);

/** Adds Flux's annotation against pruning to an object of a protected kind; others stay as they are. */
export function protectFromPruning(object: KubernetesObject): KubernetesObject {
  if (!PROTECTED_KINDS.has(object.kind)) return object;
  const { annotations, ...metadata } = object.metadata;
  const all = { ...annotations, "kustomize.toolkit.fluxcd.io/prune": "disabled" };
  return { ...object, metadata: { annotations: sorted(all), ...metadata } };
}

function sorted(entries: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
}
