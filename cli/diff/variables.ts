import { objectName } from "../validate/location";
import { compareText, isJson, valueAt } from "../validate/types";
import type { Entry } from "./entry";
import { type RawFinding, raw } from "./findings";
import type { VariableChange } from "./model";
import { objectsAt } from "./rules/values";
import { type ClusterSide, groupBy, ROOT, type World } from "./world";

/** A reference that Flux substitutes, not one that is escaped. Source: fluxcd.io/flux/components/kustomize/kustomizations, post build. */
const REFERENCE = /(?<!\$)\$\{([A-Za-z_][A-Za-z0-9_]*)([^}]*)\}/g;

/** A variable on one cluster. */
interface Seen {
  readonly name: string;
  readonly status: VariableChange["status"];
  readonly cluster: string;
  readonly usedBy: readonly string[];
}

/** Clusters on which a variable is no longer produced: there every object must be looked at. */
export function clustersThatLose(clusters: Iterable<string>, world: World): ReadonlySet<string> {
  return new Set([...clusters].filter((cluster) => lost(cluster, world).length > 0));
}

/** Variables that appear, disappear or have no producer; `all` holds every object of clusters that lose one. */
export function variablesOf(
  clusters: readonly string[],
  changed: readonly Entry[],
  all: readonly Entry[],
  world: World,
): readonly VariableChange[] {
  const differing = groupBy(changed, ({ cluster }) => cluster);
  const whole = groupBy(all, ({ cluster }) => cluster);
  const seen = clusters.flatMap((cluster) =>
    seenOn(cluster, whole.get(cluster) ?? differing.get(cluster) ?? [], world),
  );
  return [...groupBy(seen, ({ name, status, usedBy }) => JSON.stringify([name, status, usedBy])).values()]
    .map((group) => {
      const [{ name, status, usedBy }] = group as readonly [Seen];
      return {
        name,
        status,
        clusters: group.map(({ cluster }) => cluster).sort(compareText),
        usedBy: usedBy.slice(0, 10),
      };
    })
    .sort(
      (one, other) =>
        compareText(one.name, other.name) ||
        compareText(one.status, other.status) ||
        compareText(one.clusters.join(), other.clusters.join()),
    );
}

/** What to think of them. */
export function variableFindings(variables: readonly VariableChange[]): readonly RawFinding[] {
  return variables.flatMap(({ name, status, clusters, usedBy }) => {
    const users =
      usedBy.length > 0 ? `; ${usedBy.slice(0, 3).join(", ")} ${usedBy.length === 1 ? "uses" : "use"} it` : "";
    const [rule, said] = (
      {
        added: ["variable/appeared", `the infra program must produce ${name} before this is merged`],
        removed: ["variable/disappeared", `${name} is no longer produced`],
        undefined: ["variable/undefined", `nothing produces ${name}${users}`],
      } as const
    )[status];
    return clusters.map((cluster) => raw(rule, said, { cluster }));
  });
}

function seenOn(cluster: string, entries: readonly Entry[], world: World): readonly Seen[] {
  const side = world.after(cluster);
  if (!side.exists) return [];
  const [before, after] = [producedOn(world.before(cluster)), producedOn(side)];
  const users = new Map<string, Set<string>>();
  for (const entry of entries) {
    if (entry.component === ROOT || !isSubstituted(entry, side)) continue;
    for (const name of required(entry.content))
      users.set(name, (users.get(name) ?? new Set()).add(objectName(entry.ref)));
  }
  const usedBy = (name: string) => [...(users.get(name) ?? [])].sort(compareText);
  return [
    ...[...after]
      .filter((name) => !before.has(name))
      .map((name) => ({ name, status: "added" as const, cluster, usedBy: usedBy(name) })),
    ...[...before]
      .filter((name) => !after.has(name) && !users.has(name))
      .map((name) => ({ name, status: "removed" as const, cluster, usedBy: [] })),
    ...[...users.keys()]
      .filter((name) => !after.has(name))
      .map((name) => ({ name, status: "undefined" as const, cluster, usedBy: usedBy(name) })),
  ];
}

function lost(cluster: string, world: World): readonly string[] {
  const after = producedOn(world.after(cluster));
  return [...producedOn(world.before(cluster))].filter((name) => !after.has(name));
}

/** Keys of the ConfigMaps that Kustomizations substitute from, and what they substitute themselves. */
function producedOn(side: ClusterSide): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { spec, entry } of side.kustomizations.values()) {
    for (const name of Object.keys(valueAt(spec, "postBuild", "substitute") ?? {})) names.add(name);
    for (const source of objectsAt(spec, "postBuild", "substituteFrom")) {
      const namespace = entry.ref.namespace ?? "";
      const map = side.find({
        apiVersion: "v1",
        kind: String(source["kind"]),
        namespace,
        name: String(source["name"]),
      });
      for (const key of Object.keys(valueAt(map?.content, "data") ?? {})) names.add(key);
    }
  }
  return names;
}

function isSubstituted({ component, content }: Entry, side: ClusterSide): boolean {
  if (valueAt(content, "metadata", "annotations", "kustomize.toolkit.fluxcd.io/substitute") === "disabled")
    return false;
  return side.applierOf(component)?.spec["postBuild"] !== undefined;
}

/** Variables that an object names without a default. */
function required(content: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const pending: unknown[] = [content];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value === "string") {
      if (value.includes("${"))
        for (const [, name = "", rest = ""] of value.matchAll(REFERENCE)) if (!/^:?[-=]/.test(rest)) names.add(name);
    } else if (Array.isArray(value)) pending.push(...value.filter((item) => item !== undefined));
    else if (isJson(value)) for (const [key, item] of Object.entries(value)) pending.push(key, item ?? null);
  }
  return names;
}
