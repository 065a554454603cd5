import type { Capacity, Cluster, Fleet } from "../../clusters/fleet";
import type { RenderedCluster } from "../../main";
import { code, list, markdownTable } from "./markdown";

/** What a preset renders to. */
export interface RenderedPreset {
  readonly preset: string;
  readonly fleet: Fleet;
  readonly clusters: readonly RenderedCluster[];
}

/** Which folder of `dist`, and so which Flux Kustomization, each cluster of each preset has. */
export function componentMatrix(presets: readonly RenderedPreset[]): string {
  const columns = presets.flatMap(({ preset, clusters }) =>
    clusters.map(({ name, components }) => ({
      heading: `${preset}: ${name}`,
      has: new Set(components.map((component) => component.name)),
    })),
  );
  const names = [...new Set(columns.flatMap(({ has }) => [...has]))].sort();
  return markdownTable(
    ["component", ...columns.map(({ heading }) => heading)],
    names.map((name) => [code(name), ...columns.map(({ has }) => (has.has(name) ? "✓" : ""))]),
  );
}

/** What each cluster of each preset is. */
export function clusterTables(presets: readonly RenderedPreset[]): string {
  return presets.map(({ preset, fleet }) => `### Preset ${code(preset)}\n\n${clusterTable(fleet)}`).join("\n\n");
}

function clusterTable(fleet: Fleet): string {
  const rows: readonly (readonly [string, (cluster: Cluster) => string])[] = [
    ["zones", ({ zones }) => list(zones)],
    ["system pool", ({ pools }) => machines(pools.system)],
    ["ingress pool", ({ pools }) => (pools.ingress ? machines(pools.ingress) : "–")],
    ["workers", ({ capacity }) => workers(capacity)],
    ["without Spot capacity", ({ capacity }) => (capacity.onDemandFallback ? "Regular machines" : "pods wait")],
    ["outside working hours", ({ capacity }) => (capacity.night === "stop" ? "stopped" : "drained")],
    ["working hours", ({ capacity: { schedule } }) => `${schedule.start} to ${schedule.end}, ${list(schedule.days)}`],
    ["mesh", ({ mesh }) => (mesh ? fleet.meshRevision : "–")],
    ["hostnames", ({ mesh }) => list(Object.values(mesh?.ingress?.hosts ?? {}).map(code))],
    ["add-ons", ({ addons }) => list(addons)],
    ["application namespaces", ({ applications = [] }) => list(applications.map(({ namespace }) => namespace))],
    ["network", ({ network }) => network.vnet],
    ["nodes, pods, services", ({ network }) => list([network.nodes, network.pods, network.services])],
  ];
  const shared = `Kubernetes ${fleet.kubernetes}, ${fleet.tier} tier, ${fleet.api.access} API servers, region ${fleet.region}.`;
  const table = markdownTable(
    ["", ...fleet.clusters.map(({ name }) => name)],
    rows.map(([title, value]) => [title, ...fleet.clusters.map(value)]),
  );
  return `${shared}\n\n${table}`;
}

function machines({ count, vmSize }: { readonly count: number; readonly vmSize: string }): string {
  return `${count} × ${vmSize}`;
}

function workers(capacity: Capacity): string {
  if (capacity.nodes === "autoscaler")
    return `Spot, ${capacity.spot.min} to ${capacity.spot.max} × ${capacity.spot.vmSize}`;
  const { families, limits } = capacity.spot;
  return `Karpenter, Spot, family ${list(families)}, up to ${limits.cpu} vCPU`;
}
