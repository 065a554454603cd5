import type { RecordedResource } from "./types";

/** What must exist before what, as the engine keeps it. */
export interface Graph {
  /** Whether the engine creates `first` before `then` is begun. */
  before(first: RecordedResource, then: RecordedResource): boolean;
}

/** The order of recorded resources: by dependencies, and by parents, which exist before their children. */
export function graphOf(resources: readonly RecordedResource[]): Graph {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const ancestors = new Map<string, ReadonlySet<string>>();
  const ancestorsOf = (urn: string): ReadonlySet<string> => {
    const known = ancestors.get(urn);
    if (known) return known;
    const found = new Set<string>();
    // A cycle cannot be registered; marked first all the same, so that made-up graphs end.
    ancestors.set(urn, found);
    const resource = byUrn.get(urn);
    for (const direct of resource ? [...resource.dependencies, ...(resource.parent ? [resource.parent] : [])] : []) {
      found.add(direct);
      for (const further of ancestorsOf(direct)) found.add(further);
    }
    return found;
  };
  return { before: (first, then) => ancestorsOf(then.urn).has(first.urn) };
}
