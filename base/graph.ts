/** A node and the nodes that come before it. */
export type DependencyGraph = ReadonlyMap<string, readonly string[]>;

/**
 * Sorts a graph so that everything comes after what it depends on; among equals by name, so that the order never changes by chance.
 * Throws one error that lists every unknown dependency, or one cycle with its path.
 */
export function dependencyOrder(graph: DependencyGraph): readonly string[] {
  refuseUnknown(graph);
  const waitsFor = new Map([...graph].map(([name, dependencies]) => [name, new Set(dependencies)]));
  const dependents = new Map<string, string[]>();
  for (const [name, dependencies] of waitsFor) {
    for (const dependency of dependencies) {
      const known = dependents.get(dependency);
      if (known) known.push(name);
      else dependents.set(dependency, [name]);
    }
  }
  const order: string[] = [];
  let ready = [...waitsFor].filter(([, dependencies]) => dependencies.size === 0).map(([name]) => name);
  while (ready.length > 0) {
    order.push(...ready.sort());
    const next: string[] = [];
    for (const done of ready) {
      for (const dependent of dependents.get(done) ?? []) {
        const left = waitsFor.get(dependent);
        left?.delete(done);
        if (left?.size === 0) next.push(dependent);
      }
    }
    ready = next;
  }
  if (order.length < graph.size)
    throw new Error(`components depend on each other in a circle: ${cycle(graph, new Set(order)).join(" -> ")}`);
  return order;
}

function refuseUnknown(graph: DependencyGraph): void {
  const problems = [...graph].flatMap(([name, dependencies]) =>
    dependencies
      .filter((dependency) => !graph.has(dependency))
      .map((dependency) => `${name} depends on ${dependency}, which this cluster does not run`),
  );
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/** Walks along unfinished dependencies until a node comes up twice; every unfinished node has one, so the walk ends. */
function cycle(graph: DependencyGraph, finished: ReadonlySet<string>): readonly string[] {
  const path: string[] = [];
  let at = [...graph.keys()].filter((name) => !finished.has(name)).sort()[0];
  while (at !== undefined && !path.includes(at)) {
    path.push(at);
    at = graph.get(at)?.find((dependency) => !finished.has(dependency));
  }
  return at === undefined ? path : [...path.slice(path.indexOf(at)), at];
}
