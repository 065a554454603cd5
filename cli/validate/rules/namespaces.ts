import { FLUX_NAMESPACE, GATEWAY_NAMESPACE, MESH_NAMESPACE } from "../../../clusters/model/names";
import { groupOf } from "../../tree/path";
import type { TreeObject } from "../tree";
import { valueAt } from "../types";
import { hasVariable } from "../variables";
import type { Report, RuleContext } from "./index";

/**
 * Namespaces that a cluster has without our creating them. Not `default`: AKS creates it too, but nothing of ours belongs there.
 */
export const PROVIDED_NAMESPACES: ReadonlySet<string> = new Set([
  "kube-system",
  "kube-public",
  FLUX_NAMESPACE,
  MESH_NAMESPACE,
  GATEWAY_NAMESPACE,
  "aks-istio-egress",
]);

/** Objects only in namespaces that their cluster has. */
export function namespaces({ tree }: RuleContext, report: Report): void {
  const created = new Map<string, Set<string>>();
  for (const object of tree.objects) {
    const name = createdBy(object);
    if (name === undefined) continue;
    const names = created.get(object.cluster) ?? new Set();
    created.set(object.cluster, names.add(name));
  }
  for (const object of tree.objects) {
    for (const [path, name] of usedBy(object)) {
      if (PROVIDED_NAMESPACES.has(name) || created.get(object.cluster)?.has(name) || hasVariable(name)) continue;
      const { file, ref } = object;
      const reason = `nothing in cluster ${object.cluster} creates the namespace ${JSON.stringify(name)}`;
      report({ rule: "namespace/unknown", file, object: ref, path, reason });
    }
  }
}

function createdBy({ ref, content }: TreeObject): string | undefined {
  if (ref.apiVersion === "v1" && ref.kind === "Namespace") return ref.name;
  if (!isFlux(ref.apiVersion, "helm") || valueAt(content, "spec", "install", "createNamespace") !== true)
    return undefined;
  const target = valueAt(content, "spec", "targetNamespace");
  return typeof target === "string" ? target : undefined;
}

function usedBy({ ref, content }: TreeObject): readonly (readonly [path: string, name: string])[] {
  const used: [string, string][] = ref.namespace === undefined ? [] : [["metadata.namespace", ref.namespace]];
  if (!isFlux(ref.apiVersion, "helm") && !isFlux(ref.apiVersion, "kustomize")) return used;
  for (const field of ["targetNamespace", "storageNamespace"]) {
    const name = valueAt(content, "spec", field);
    if (typeof name === "string") used.push([`spec.${field}`, name]);
  }
  return used;
}

function isFlux(apiVersion: string, controller: "helm" | "kustomize"): boolean {
  return groupOf({ apiVersion }) === `${controller}.toolkit.fluxcd.io`;
}
