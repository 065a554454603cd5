import {
  type Change,
  type ClusterImpact,
  type Counts,
  type DiffResult,
  type Finding,
  type KustomizationImpact,
  type Severity,
  type Status,
  worst,
} from "../../../../cli/diff/model";

/** The graph of a cluster: what each of its Flux Kustomizations depends on, dependencies first. */
export type Graph = Readonly<Record<string, readonly string[]>>;

/** What a report is made from; all numbers follow from it. */
export type Ingredients = Pick<DiffResult, "changes" | "findings"> & {
  readonly graphs: Readonly<Record<string, Graph>>;
} & Partial<DiffResult>;

/** A report whose numbers fit its changes and findings. */
export function reportOf({ graphs, changes, findings, ...rest }: Ingredients): DiffResult {
  const clusters = Object.entries(graphs)
    .map(([cluster, graph]) => impactOf(cluster, graph, changes))
    .filter((impact) => impact.objects.all > 0);
  const blocking = findings.filter((finding) => finding.blocking).length;
  const severities = findings.map((finding) => finding.severity);
  const verdict = blocking > 0 ? "danger" : (worst(severities.filter((each) => each !== "danger")) ?? "info");
  return {
    version: 1,
    from: { label: "merge base of origin/main and HEAD", kind: "ref", commit: "53f3f2f0a1b2c3d4e5f60718", files: 183 },
    to: { label: "the working tree, rendered", kind: "render", files: 186 },
    summary: {
      verdict: changes.length === 0 ? "clean" : verdict,
      exitCode: blocking > 0 ? 1 : 0,
      objects: countsOf(changes.flatMap((change) => change.clusters.map(() => change.status))),
      changes: changes.length,
      findings: Object.fromEntries(
        (["danger", "warning", "notice", "info"] as const).map((severity) => [
          severity,
          severities.filter((each) => each === severity).length,
        ]),
      ) as Record<Severity, number>,
      blocking,
      waived: findings.filter((finding) => finding.waiver).length,
      clusters: clusters.length,
      allClusters: Object.keys(graphs).length,
      pods: 14,
      sameButText: 2,
    },
    findings,
    changes,
    clusters,
    images: [],
    versions: [],
    variables: [],
    infra: [],
    rules: [...new Map(findings.map(({ rule, severity }) => [rule, severity]))].map(([id, severity]) => ({
      id,
      severity,
      title: `Rule ${id}`,
      doc: "Why it matters, and what to do.",
    })),
    ...rest,
  };
}

/** A result without anything in it. */
export const EMPTY: DiffResult = reportOf({ changes: [], findings: [], graphs: { app1: { namespaces: [] } } });

/** A result with as many changed objects as asked for, on a few clusters; all deterministic. */
export function largeReport(objects: number): DiffResult {
  const kinds = ["Deployment", "ConfigMap", "Service", "NetworkPolicy", "HorizontalPodAutoscaler"];
  const severities: readonly Severity[] = ["danger", "warning", "notice", "info", "info", "info"];
  const statuses: readonly Status[] = ["changed", "changed", "changed", "added", "removed", "moved", "renamed"];
  const graph: Record<string, readonly string[]> = { namespaces: [] };
  for (let team = 0; team < 40; team++) graph[`workloads-${team}`] = ["namespaces"];
  const changes = Array.from({ length: objects }, (_, index): Change => {
    const kind = kinds[index % kinds.length] ?? "Service";
    const component = `workloads-${index % 40}`;
    const name = `service-${`${index}`.padStart(5, "0")}`;
    const clusters = ["app1", "app2", "app3"].filter((_cluster, at) => index % 3 === at || index % 5 === 0);
    const labels = Object.fromEntries(Array.from({ length: 12 }, (_label, at) => [`label-${at}`, `value ${index}`]));
    const whole = { apiVersion: "v1", kind, metadata: { name, namespace: `team-${index % 40}`, labels }, spec: {} };
    const status = statuses[index % statuses.length] ?? "changed";
    return {
      id: `c${index}`,
      status,
      object: { apiVersion: "v1", kind, namespace: `team-${index % 40}`, name },
      component,
      clusters,
      files: clusters.map((cluster) => `${cluster}/${component}/${kind.toLowerCase()}.${name}.yaml`),
      fields:
        status === "added"
          ? [{ path: "", after: whole }]
          : [
              {
                path: "spec.template.spec.containers[name=app].image",
                before: `app:${index}`,
                after: `app:${index + 1}`,
              },
              { path: "metadata.labels", before: labels, after: { ...labels, marker: `needle-${index}` } },
            ],
      effects: [{ kind: status === "added" ? "created" : "rolls-pods", text: "rolls pods of 3 replicas" }],
      severity: severities[index % severities.length] ?? "info",
    };
  });
  const findings = changes
    .filter((change) => change.severity !== "info")
    .map(
      ({ id, object, clusters, severity }): Finding => ({
        rule: `rule/${severity}`,
        severity,
        message: `something of ${object.name} is at fault`,
        object,
        clusters,
        change: id,
        fields: [],
        blocking: severity === "danger",
      }),
    );
  return reportOf({ changes, findings, graphs: { app1: graph, app2: graph, app3: graph } });
}

function impactOf(cluster: string, graph: Graph, changes: readonly Change[]): ClusterImpact {
  const own = changes.filter((change) => change.clusters.includes(cluster));
  const waiting = new Set<string>();
  const kustomizations = Object.entries(graph).map(([name, dependsOn]): KustomizationImpact => {
    const inside = own.filter((change) => change.component === name);
    const severity = worst(inside.map((change) => change.severity));
    const waits = dependsOn.some((other) => waiting.has(other));
    if (waits || inside.length > 0) waiting.add(name);
    return {
      name,
      state: inside.length > 0 ? "changed" : waits ? "waits" : "unaffected",
      status: "kept",
      dependsOn,
      objects: inside.length,
      ...(severity ? { severity } : {}),
      dependents: dependents(name, graph),
    };
  });
  const severity = worst(own.map((change) => change.severity));
  return {
    cluster,
    status: "changed",
    objects: countsOf(own.map((change) => change.status)),
    ...(severity ? { severity } : {}),
    kustomizations,
    workloads: own
      .filter((change) => change.effects.some((effect) => effect.kind === "rolls-pods"))
      .slice(0, 20)
      .map(({ object, component }) => ({ object, component, effect: "rolls-pods", replicas: "3 to 9" })),
  };
}

function dependents(name: string, graph: Graph): number {
  const waiting = new Set([name]);
  for (const [other, dependsOn] of Object.entries(graph)) {
    if (dependsOn.some((each) => waiting.has(each))) waiting.add(other);
  }
  return waiting.size - 1;
}

function countsOf(statuses: readonly Status[]): Counts {
  const counts = { all: statuses.length, added: 0, removed: 0, changed: 0, moved: 0, renamed: 0 };
  for (const status of statuses) counts[status]++;
  return counts;
}
