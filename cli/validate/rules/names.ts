import { fieldPath } from "../../kubeconform/types";
import { groupOf } from "../../tree/path";
import { podSpecsOf } from "../pods";
import {
  dataKey,
  dnsLabel,
  dnsSubdomain,
  pathSegment,
  portName,
  type Syntax,
  serviceName,
  shortSubdomain,
} from "../syntax";
import type { TreeObject } from "../tree";
import { isJson, type Json, valueAt } from "../types";
import { withVariablesSet } from "../variables";
import type { Report, RuleContext } from "./index";

const flux: Syntax = shortSubdomain(63, "Flux writes it into a label of all it applies, so at most 63 are allowed");

/** Kinds whose names have another form than a DNS subdomain; Kubernetes 1.35, pkg/apis/<group>/validation. */
const SYNTAX: Readonly<Record<string, Syntax>> = {
  "/Namespace": dnsLabel,
  "/Service": serviceName,
  "apps/StatefulSet": dnsLabel,
  "batch/CronJob": shortSubdomain(52, "its jobs' names are 11 longer, so at most 52 are allowed"),
  "rbac.authorization.k8s.io/ClusterRole": pathSegment,
  "rbac.authorization.k8s.io/ClusterRoleBinding": pathSegment,
  "rbac.authorization.k8s.io/Role": pathSegment,
  "rbac.authorization.k8s.io/RoleBinding": pathSegment,
  "scheduling.k8s.io/PriorityClass": (name) =>
    dnsSubdomain(name) ?? (name.startsWith("system-") ? "must not begin with system-, which is reserved" : undefined),
  "kustomize.toolkit.fluxcd.io/Kustomization": flux,
  "helm.toolkit.fluxcd.io/HelmRelease": flux,
};

/** Names of objects, and of what is inside them, as the API server takes them. */
export function names({ tree }: RuleContext, report: Report): void {
  for (const object of tree.objects) {
    const check = checker(object, report);
    const { apiVersion, kind } = object.ref;
    check(
      valueAt(object.content, "metadata", "name"),
      ["metadata", "name"],
      SYNTAX[`${groupOf({ apiVersion })}/${kind}`] ?? dnsSubdomain,
    );
    check(valueAt(object.content, "metadata", "namespace"), ["metadata", "namespace"], dnsLabel);
    for (const { spec, path } of podSpecsOf(object)) podNames(spec, path, check);
    if (apiVersion !== "v1") continue;
    if (kind === "Service") eachNamed(valueAt(object.content, "spec"), ["spec"], "ports", dnsLabel, check);
    if (kind !== "ConfigMap" && kind !== "Secret") continue;
    for (const field of ["data", "binaryData", "stringData"]) {
      const data = object.content[field];
      for (const key of isJson(data) ? Object.keys(data) : []) check(key, [field, key], dataKey);
    }
  }
}

type Path = readonly (string | number)[];
type Check = (value: unknown, path: Path, syntax: Syntax) => void;

function checker({ file, ref }: TreeObject, report: Report): Check {
  return (value, path, syntax) => {
    // A wrong type is the schema's business.
    if (typeof value !== "string") return;
    const wrong = syntax(withVariablesSet(value));
    if (wrong === undefined) return;
    report({ rule: "name/invalid", file, object: ref, path: fieldPath(path), reason: `${shown(value)} ${wrong}` });
  };
}

function podNames(spec: Json, path: Path, check: Check): void {
  for (const list of ["initContainers", "containers", "ephemeralContainers"]) {
    eachNamed(spec, path, list, dnsLabel, check, (container, at) => eachNamed(container, at, "ports", portName, check));
  }
  eachNamed(spec, path, "volumes", dnsLabel, check);
}

function eachNamed(
  parent: unknown,
  path: Path,
  list: string,
  syntax: Syntax,
  check: Check,
  inside?: (item: Json, path: Path) => void,
): void {
  const items = valueAt(parent, list);
  for (const [index, item] of (Array.isArray(items) ? items : []).entries()) {
    if (!isJson(item)) continue;
    check(item["name"], [...path, list, index, "name"], syntax);
    inside?.(item, [...path, list, index]);
  }
}

function shown(value: string): string {
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
}
