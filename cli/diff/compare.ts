import { effectsOf } from "./effects";
import type { Entry } from "./entry";
import { imagesOf, versionsOf } from "./extracts";
import { findingsOf, type RawFinding, raw } from "./findings";
import { fold, type Judged } from "./fold";
import { countsOf, impactsOf } from "./impact";
import { diffInfra, type InfraRecording, infraFindings } from "./infra";
import { type DiffResult, type Finding, SEVERITIES, type Severity, type Side, type Summary, worst } from "./model";
import { pairUp } from "./pair";
import { readCluster, readSides, type Sides } from "./read";
import { replicasOf } from "./replicas";
import { RULES, type RuleId } from "./rules/catalogue";
import type { Source } from "./sources/source";
import { clustersThatLose, variableFindings, variablesOf } from "./variables";
import { applyWaivers, type Waiver } from "./waivers";
import { type World, worldOf } from "./world";

/** What a comparison takes beside the two trees. */
export interface CompareOptions {
  /** Today, `YYYY-MM-DD`: the core has no clock. */
  readonly today: string;
  /** Reviewed consents. @default none */
  readonly waivers?: readonly Waiver[];
  /** Recordings of the infra program of both sides. @default Azure is not compared */
  readonly infra?: { readonly from: InfraRecording; readonly to: InfraRecording };
}

/** Compares two rendered trees: what becomes of which object, what is dangerous, what follows from it. */
export async function compareTrees(from: Source, to: Source, options: CompareOptions): Promise<DiffResult> {
  const sides = await readSides(from, to);
  const { deltas, sameButText } = pairUp(sides);
  const world = worldOf(sides, deltas);
  const judged = deltas.map((delta): Judged => ({ delta, effects: effectsOf(delta, world) }));
  const variables = variablesOf([...sides.touched], sides.after.changed, await wholeClusters(to, sides, world), world);
  const infra = options.infra ? diffInfra(options.infra.from, options.infra.to) : [];
  const found = [
    ...findingsOf(deltas, world),
    ...clusterFindings(sides),
    ...sides.unexpected.map((file) => raw("tree/unexpected-file", `${file} is no <cluster>/<component>/<object>.yaml`)),
    ...variableFindings(variables),
    ...infraFindings(infra),
  ];
  const approved = applyWaivers(found, options.waivers ?? [], options.today);
  const { changes, findings } = fold(judged, approved);
  const clusters = impactsOf(sides.clusters, judged, approved, world);
  return {
    version: 1,
    from: sideOf(from, sides.before.files),
    to: sideOf(to, sides.after.files),
    summary: {
      ...verdictOf(findings, deltas.length + infra.length + sides.unexpected.length),
      objects: countsOf(deltas),
      changes: changes.length,
      clusters: clusters.length,
      allClusters: sides.clusters.length,
      pods: podsOf(judged, world),
      sameButText,
    },
    findings,
    changes,
    clusters,
    images: imagesOf(deltas),
    versions: versionsOf(deltas),
    variables,
    infra,
    rules: rulesOf(findings),
  };
}

function sideOf({ side }: Source, files: number): Side {
  return { ...side, files };
}

async function wholeClusters(to: Source, sides: Sides, world: World): Promise<readonly Entry[]> {
  const losing = clustersThatLose(sides.touched, world);
  return losing.size === 0 ? [] : readCluster(to, losing);
}

function clusterFindings({ before, after, clusters }: Sides): readonly RawFinding[] {
  return clusters.flatMap((cluster) => {
    if (!after.clusters.has(cluster)) return [raw("cluster/removed", `${cluster} leaves the tree`, { cluster })];
    return before.clusters.has(cluster) ? [] : [raw("cluster/added", `${cluster} is new`, { cluster })];
  });
}

function verdictOf(
  findings: readonly Finding[],
  differences: number,
): Pick<Summary, "verdict" | "exitCode" | "findings" | "blocking" | "waived"> {
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as Record<Severity, number>;
  for (const { severity } of findings) counts[severity] += 1;
  const blocking = findings.filter((finding) => finding.blocking).length;
  const open = findings.filter(({ waiver }) => !waiver).map(({ severity }) => severity);
  const verdict = blocking > 0 ? "danger" : (worst(open) ?? (differences > 0 ? "info" : "clean"));
  return {
    verdict,
    exitCode: blocking > 0 ? 1 : 0,
    findings: counts,
    blocking,
    waived: findings.filter(({ waiver }) => waiver).length,
  };
}

function podsOf(judged: readonly Judged[], world: World): number {
  let pods = 0;
  for (const { delta, effects } of judged) {
    if (!delta.after || !effects.some(({ kind }) => kind === "rolls-pods")) continue;
    pods += replicasOf(delta.after, world.after(delta.cluster))?.least ?? 0;
  }
  return pods;
}

function rulesOf(findings: readonly Finding[]): DiffResult["rules"] {
  const used = new Set(findings.map(({ rule }) => rule));
  return (Object.keys(RULES) as RuleId[])
    .filter((id) => used.has(id))
    .map((id) => ({ id, severity: RULES[id].severity, title: RULES[id].title, doc: RULES[id].doc }));
}
