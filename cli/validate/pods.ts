import { groupOf } from "../tree/path";
import type { TreeObject } from "./tree";
import { isJson, type Json, valueAt } from "./types";

/** A pod's specification inside an object. */
export interface PodSpec {
  readonly spec: Json;
  readonly path: readonly string[];
}

const TEMPLATE = ["spec", "template", "spec"];

/** Where each kind that makes pods keeps their specification. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  "/Pod": ["spec"],
  "/PodTemplate": ["template", "spec"],
  "/ReplicationController": TEMPLATE,
  "apps/Deployment": TEMPLATE,
  "apps/ReplicaSet": TEMPLATE,
  "apps/StatefulSet": TEMPLATE,
  "apps/DaemonSet": TEMPLATE,
  "batch/Job": TEMPLATE,
  "batch/CronJob": ["spec", "jobTemplate", ...TEMPLATE],
  "keda.sh/ScaledJob": ["spec", "jobTargetRef", "template", "spec"],
};

/** The specifications of the pods that an object makes. */
export function podSpecsOf({ ref, content }: TreeObject): readonly PodSpec[] {
  const path = PLACES[`${groupOf(ref)}/${ref.kind}`];
  if (path === undefined) return [];
  const spec = valueAt(content, ...path);
  return isJson(spec) ? [{ spec, path }] : [];
}
