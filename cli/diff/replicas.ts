import { valueAt } from "../validate/types";
import type { Entry } from "./entry";
import { kindOf } from "./entry";
import type { ClusterSide } from "./world";

/** How many pods a workload has, as far as manifests say. */
export interface Replicas {
  readonly least: number;
  readonly most: number;
  readonly text: string;
}

/** Kinds whose pods are replaced when their template changes. */
export const ROLLED: ReadonlySet<string> = new Set(["apps/Deployment", "apps/StatefulSet", "apps/DaemonSet"]);

/** A workload's replicas: what scales it says, else it itself. A DaemonSet's are its nodes, which manifests do not say. */
export function replicasOf(workload: Entry, side: ClusterSide): Replicas | undefined {
  const kind = kindOf(workload.ref);
  if (!ROLLED.has(kind) || kind === "apps/DaemonSet") return undefined;
  const scaler =
    side.ofKind("autoscaling/HorizontalPodAutoscaler").find((entry) => scales(entry, workload)) ??
    side.ofKind("keda.sh/ScaledObject").find((entry) => scales(entry, workload));
  if (!scaler) {
    const own = number(valueAt(workload.content, "spec", "replicas")) ?? 1;
    return { least: own, most: own, text: String(own) };
  }
  const isKeda = scaler.ref.kind === "ScaledObject";
  const spec = valueAt(scaler.content, "spec");
  const least = number(valueAt(spec, isKeda ? "minReplicaCount" : "minReplicas")) ?? (isKeda ? 0 : 1);
  // KEDA's own default: keda.sh/docs, ScaledObject specification.
  const most = number(valueAt(spec, isKeda ? "maxReplicaCount" : "maxReplicas")) ?? (isKeda ? 100 : least);
  return { least, most, text: least === most ? String(least) : `${least} to ${most}` };
}

function scales(scaler: Entry, { ref }: Entry): boolean {
  const target = valueAt(scaler.content, "spec", "scaleTargetRef");
  return (
    scaler.ref.namespace === ref.namespace &&
    valueAt(target, "name") === ref.name &&
    (valueAt(target, "kind") ?? "Deployment") === ref.kind
  );
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
