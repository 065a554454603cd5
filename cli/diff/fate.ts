import { valueAt } from "../validate/types";
import type { Entry } from "./entry";
import { ROOT, type World } from "./world";

/** What becomes of a live object that its folder no longer holds. */
export interface Fate {
  readonly kind: "pruned" | "orphaned";
  /** Why it stays, or who deletes it. */
  readonly why: string;
}

/**
 * Flux deletes what its Kustomization applied and no longer holds, if that prunes and the object is not exempt; when the Kustomization
 * itself goes, its finalizer deletes all of it. Sources: fluxcd.io/flux/components/kustomize/kustomizations, `prune` and
 * `deletionPolicy`; kustomize-controller, `prune()` and `finalize()`.
 */
export function fateOf(entry: Entry, world: World): Fate {
  const { cluster, component } = entry;
  const before = world.before(cluster).applierOf(component);
  const after = world.after(cluster).applierOf(component);
  const exempt = exemption(entry);
  if (exempt !== undefined) return { kind: "orphaned", why: exempt };
  if (!world.after(cluster).exists) {
    return { kind: "orphaned", why: "the cluster's folder is gone, so Flux fails there and deletes nothing" };
  }
  if (component === ROOT && !before && !after) return { kind: "pruned", why: "Flux's root Kustomization" };
  if (after) {
    if (after.spec["suspend"] === true) return { kind: "orphaned", why: `Kustomization ${after.name} is suspended` };
    return after.spec["prune"] === true
      ? { kind: "pruned", why: `Kustomization ${after.name}` }
      : { kind: "orphaned", why: `Kustomization ${after.name} does not prune` };
  }
  if (!before) return { kind: "orphaned", why: "no Kustomization applied it" };
  return afterlife(before.name, before.spec, exemption(before.entry));
}

/** What the finalizer of a Kustomization that goes away does with its objects. */
function afterlife(name: string, spec: Readonly<Record<string, unknown>>, exempt: string | undefined): Fate {
  const policy = spec["deletionPolicy"] ?? "MirrorPrune";
  if (exempt !== undefined) return { kind: "orphaned", why: `Kustomization ${name} is kept: ${exempt}` };
  if (spec["suspend"] === true) return { kind: "orphaned", why: `Kustomization ${name} was suspended` };
  const deletes =
    policy === "Delete" || policy === "WaitForTermination" || (policy === "MirrorPrune" && spec["prune"] === true);
  return deletes
    ? { kind: "pruned", why: `Kustomization ${name}, which is removed itself` }
    : { kind: "orphaned", why: `Kustomization ${name} is removed and leaves its objects` };
}

/** Why Flux never deletes an object; undefined where it may. */
export function exemption(entry: Entry): string | undefined {
  for (const name of ["prune", "reconcile"]) {
    const value = valueAt(entry.content, "metadata", "annotations", `kustomize.toolkit.fluxcd.io/${name}`);
    if (value === "disabled") return `its annotation ${name}: disabled exempts it`;
  }
  return undefined;
}
