import type { KubernetesObject } from "../../base/object";
import type { Kustomization } from "../../imports/kustomize.toolkit.fluxcd.io";
import type { RenderedCluster } from "../../main";

/** What waits for what: the Flux Kustomizations of a cluster, each with those that must be ready before it. */
export type Dependencies = ReadonlyMap<string, readonly string[]>;

/** Reads the order from what a cluster renders to, so that a picture shows what Flux gets. */
export function dependenciesOf(cluster: RenderedCluster): Dependencies {
  const objects = cluster.components.flatMap(({ objects }) => objects).filter(isKustomization);
  return new Map(
    objects
      .map(({ metadata, spec }) => [metadata.name, (spec.dependsOn ?? []).map(({ name }) => name).sort()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Without the dependencies that follow from others: a reader sees what waits for what all the same. */
export function reduced(graph: Dependencies): Dependencies {
  return new Map(
    [...graph].map(([name, direct]) => [
      name,
      direct.filter((target) => !direct.some((other) => other !== target && reaches(graph, other, target))),
    ]),
  );
}

/** The graph as a Mermaid flow chart: an arrow leads from what is first to what waits for it. */
export function mermaid(graph: Dependencies): string {
  const nodes = [...graph.keys()].map((name) => `  ${idOf(name)}["${name}"]`);
  const arrows = [...graph].flatMap(([name, first]) => first.map((other) => `  ${idOf(other)} --> ${idOf(name)}`));
  return ["```mermaid", "flowchart LR", ...nodes, ...arrows, "```"].join("\n");
}

/** A chart for each cluster. */
export function orderCharts(clusters: readonly RenderedCluster[]): string {
  return clusters.map((cluster) => `### ${cluster.name}\n\n${mermaid(reduced(dependenciesOf(cluster)))}`).join("\n\n");
}

function isKustomization(object: KubernetesObject): object is Kustomization {
  return object.kind === "Kustomization" && object.apiVersion.startsWith("kustomize.toolkit.fluxcd.io/");
}

/** Rendering has refused circles, so the walk ends. */
function reaches(graph: Dependencies, from: string, to: string): boolean {
  return (graph.get(from) ?? []).some((next) => next === to || reaches(graph, next, to));
}

/** Mermaid reads some dashes, and some words, as its own. */
function idOf(name: string): string {
  return `c_${name.replaceAll("-", "_")}`;
}
