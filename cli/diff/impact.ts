import { objectName } from "../validate/location";
import { compareText } from "../validate/types";
import { type Delta, kindOf } from "./entry";
import type { RawFinding } from "./findings";
import type { Judged } from "./fold";
import { dependentCounts, ordered, reachable, reversed } from "./graph";
import {
  type ClusterImpact,
  type Counts,
  type EffectKind,
  type KustomizationImpact,
  type Severity,
  type WorkloadImpact,
  worst,
} from "./model";
import { ROLLED, replicasOf } from "./replicas";
import { objectsAt } from "./rules/values";
import { groupBy, ROOT, type World } from "./world";

/** What changes on each cluster, and what waits on it. */
export function impactsOf(
  clusters: readonly string[],
  judged: readonly Judged[],
  findings: readonly RawFinding[],
  world: World,
): readonly ClusterImpact[] {
  const changes = groupBy(judged, ({ delta }) => delta.cluster);
  const said = groupBy(findings, ({ cluster }) => cluster ?? "");
  return clusters
    .filter((cluster) => changes.has(cluster) || said.has(cluster))
    .map((cluster) => impactOf(cluster, changes.get(cluster) ?? [], said.get(cluster) ?? [], world));
}

function impactOf(
  cluster: string,
  judged: readonly Judged[],
  findings: readonly RawFinding[],
  world: World,
): ClusterImpact {
  const isOld = world.before(cluster).exists;
  const isNew = world.after(cluster).exists;
  const severity = worst(findings.map((finding) => finding.severity));
  return {
    cluster,
    status: isOld ? (isNew ? "changed" : "removed") : "added",
    objects: countsOf(judged.map(({ delta }) => delta)),
    ...(severity === undefined ? {} : { severity }),
    kustomizations: kustomizationsOf(cluster, judged, findings, world),
    workloads: judged
      .flatMap((one) => workloadOf(one, world))
      .sort((one, other) => compareText(objectName(one.object), objectName(other.object))),
  };
}

/** Changes by what became of the object. */
export function countsOf(deltas: readonly Pick<Delta, "status">[]): Counts {
  const counts = { all: deltas.length, added: 0, removed: 0, changed: 0, moved: 0, renamed: 0 };
  for (const { status } of deltas) counts[status] += 1;
  return counts;
}

function kustomizationsOf(
  cluster: string,
  judged: readonly Judged[],
  findings: readonly RawFinding[],
  world: World,
): readonly KustomizationImpact[] {
  const before = world.before(cluster).kustomizations;
  const after = world.after(cluster).kustomizations;
  const graph = new Map(
    [...before, ...after].map(([name, { spec }]) => [
      name,
      objectsAt(spec, "dependsOn").map((need) => String(need["name"])),
    ]),
  );
  const objects = new Map<string, number>();
  const severities = new Map<string, Severity[]>();
  const touch = (name: string | undefined) => name !== undefined && objects.set(name, (objects.get(name) ?? 0) + 1);
  for (const { delta } of judged) for (const name of appliersOf(delta, world)) touch(name);
  for (const { delta, severity } of findings) {
    if (!delta) continue;
    for (const name of appliersOf(delta, world)) severities.set(name, [...(severities.get(name) ?? []), severity]);
  }
  const waiting = reachable(objects.keys(), reversed(graph));
  const dependents = dependentCounts(graph);
  return ordered(graph).map((name): KustomizationImpact => {
    const severity = worst(severities.get(name) ?? []);
    return {
      name,
      state: objects.has(name) ? "changed" : waiting.has(name) ? "waits" : "unaffected",
      status: before.has(name) ? (after.has(name) ? "kept" : "removed") : "added",
      dependsOn: graph.get(name) ?? [],
      objects: objects.get(name) ?? 0,
      ...(severity === undefined ? {} : { severity }),
      dependents: dependents.get(name) ?? 0,
    };
  });
}

/** The Kustomizations that a change concerns: who applies the object, and it itself where it is one. */
function appliersOf({ cluster, before, after, ref }: Delta, world: World): readonly string[] {
  const names = new Set<string>();
  if (kindOf(ref) === "kustomize.toolkit.fluxcd.io/Kustomization") names.add(ref.name);
  const old = before && world.before(cluster).applierOf(before.component);
  const now = after && world.after(cluster).applierOf(after.component);
  for (const applier of [old, now]) if (applier && applier.name !== ROOT) names.add(applier.name);
  return [...names];
}

const TOUCHED: ReadonlySet<EffectKind> = new Set([
  "created",
  "rolls-pods",
  "pruned",
  "orphaned",
  "recreated",
  "refused",
  "scales",
  "upgrades-chart",
  "uninstalls-chart",
]);
const WORKLOADS: ReadonlySet<string> = new Set([
  ...ROLLED,
  "batch/CronJob",
  "batch/Job",
  "/Pod",
  "helm.toolkit.fluxcd.io/HelmRelease",
]);

function workloadOf({ delta, effects }: Judged, world: World): readonly WorkloadImpact[] {
  const effect = effects.find(({ kind }) => TOUCHED.has(kind))?.kind;
  if (!WORKLOADS.has(kindOf(delta.ref)) || effect === undefined) return [];
  const { cluster, component, ref, before, after } = delta;
  const replicas = after
    ? replicasOf(after, world.after(cluster))
    : before && replicasOf(before, world.before(cluster));
  return [{ object: ref, component, effect, ...(replicas ? { replicas: replicas.text } : {}) }];
}
