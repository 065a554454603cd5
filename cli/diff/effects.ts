import { valueAt } from "../validate/types";
import { certificateFields } from "./certificates";
import { releasesOf, targetChanged } from "./charts";
import { type Delta, kindOf, pairAt } from "./entry";
import { exemption, fateOf } from "./fate";
import { immutableFields } from "./immutable";
import type { Effect, EffectKind } from "./model";
import { driftOf } from "./nodes";
import { ROLLED, replicasOf } from "./replicas";
import { isUnder } from "./values";
import { ROOT, type World } from "./world";

/** What becomes of an object in its cluster, most important first. */
export function effectsOf(delta: Delta, world: World): readonly Effect[] {
  switch (delta.status) {
    case "added":
      return [created(delta, world)];
    case "removed":
      return [gone(delta, world)];
    case "renamed":
      return [created(delta, world), renamedAway(delta, world)];
    case "moved":
      return [moved(delta, world), ...(delta.fields.length > 0 ? changed(delta, world) : [])];
    case "changed":
      return changed(delta, world);
  }
}

function effect(kind: EffectKind, text: string): Effect {
  return { kind, text };
}

/** Why Flux does nothing with an object of the new tree; undefined where it applies it. */
export function unapplied({ cluster, component, after }: Delta, world: World): string | undefined {
  if (!after) return undefined;
  const { applierOf } = world.after(cluster);
  const applier = applierOf(component);
  if (!applier) return component === ROOT ? undefined : `no Flux Kustomization applies ${component}`;
  return applier.spec["suspend"] === true ? `Kustomization ${applier.name} is suspended` : undefined;
}

function created(delta: Delta, world: World): Effect {
  const why = unapplied(delta, world);
  if (why !== undefined) return effect("not-applied", `not applied: ${why}`);
  return effect("created", delta.status === "renamed" ? "created under its new name" : "created");
}

function gone({ before }: Delta, world: World): Effect {
  if (!before) return effect("pruned", "deleted by Flux");
  const { kind, why } = fateOf(before, world);
  if (kind === "orphaned") return effect("orphaned", `stays in the cluster, managed by nobody: ${why}`);
  if (before.ref.kind === "HelmRelease")
    return effect("uninstalls-chart", `deleted by ${why}; its chart is uninstalled`);
  return effect("pruned", `deleted by ${why}`);
}

function renamedAway({ before }: Delta, world: World): Effect {
  const fate = before && fateOf(before, world);
  return fate?.kind === "orphaned"
    ? effect("orphaned", `${before?.ref.name} stays in the cluster, managed by nobody: ${fate.why}`)
    : effect("pruned", `${before?.ref.name} is deleted by ${fate?.why ?? "Flux"}`);
}

/**
 * The old Kustomization deletes only what still carries its labels, so that the order decides: kustomize-controller `prune()` takes
 * `GetOwnerLabels` as inclusions.
 */
function moved({ before, after, component }: Delta, world: World): Effect {
  if (!before || !after) return effect("updated", "updated in place");
  const fate = fateOf(before, world);
  const isKept = fate.kind === "orphaned" || exemption(after) !== undefined;
  if (isKept && fate.kind === "orphaned") {
    return effect("handed-over", `handed over from ${before.component} to ${component} (${fate.why})`);
  }
  return effect(
    "recreated",
    `deleted by ${before.component} and made anew by ${component}, unless ${component} takes it over first`,
  );
}

function changed(delta: Delta, world: World): readonly Effect[] {
  const why = unapplied(delta, world);
  if (why !== undefined) return [effect("not-applied", `not applied: ${why}`)];
  const refused = refusal(delta, world);
  // What the API server refuses has no other effect.
  if (refused.some(({ kind }) => kind === "refused")) return refused;
  const found = [
    ...refused,
    ...rolling(delta, world),
    ...nodes(delta),
    ...certificates(delta),
    ...gateway(delta),
    ...charts(delta, world),
    ...scaling(delta),
  ];
  return found.length > 0 ? found : [effect("updated", "updated in place")];
}

/** Whether Flux deletes and makes anew what the API server refuses to change (`spec.force`, annotation `force`). */
export function isForced({ after, cluster, component }: Delta, world: World): boolean {
  const annotation = valueAt(after?.content, "metadata", "annotations", "kustomize.toolkit.fluxcd.io/force");
  return annotation === "enabled" || world.after(cluster).applierOf(component)?.spec["force"] === true;
}

function refusal(delta: Delta, world: World): readonly Effect[] {
  if (immutableFields(delta).length === 0) return [];
  return isForced(delta, world)
    ? [effect("recreated", "deleted and made anew by Flux (force), since a field of it cannot change")]
    : [effect("refused", "refused by the API server until it is deleted and made anew")];
}

function rolling(delta: Delta, world: World): readonly Effect[] {
  const { after, cluster } = delta;
  if (!after || !ROLLED.has(kindOf(delta.ref))) return [];
  if (!delta.fields.some(({ path }) => isUnder(path, "spec.template"))) return [];
  if (valueAt(after.content, "spec", "paused") === true)
    return [effect("updated", "updated, but its roll-out is paused")];
  if (valueAt(after.content, "spec", "updateStrategy", "type") === "OnDelete") {
    return [effect("updated", "updated; a pod takes it over when it is deleted (OnDelete)")];
  }
  if (delta.ref.kind === "DaemonSet") return [effect("rolls-pods", "rolls its pod on every node")];
  const replicas = replicasOf(after, world.after(cluster));
  const how =
    valueAt(after.content, "spec", "strategy", "type") === "Recreate" ? "stops all pods, then starts" : "rolls pods of";
  return [effect("rolls-pods", `${how} ${replicas?.text ?? "its"} replica${replicas?.text === "1" ? "" : "s"}`)];
}

function nodes(delta: Delta): readonly Effect[] {
  const drift = driftOf(delta);
  return drift.length > 0 ? [effect("replaces-nodes", "replaces its nodes, within its disruption budgets")] : [];
}

function certificates(delta: Delta): readonly Effect[] {
  return certificateFields(delta).length > 0
    ? [effect("reissues-certificate", "cert-manager issues the certificate anew")]
    : [];
}

/** Istio's own Gateway only reconfigures running proxies; a Gateway API one owns a Deployment. */
function gateway(delta: Delta): readonly Effect[] {
  switch (kindOf(delta.ref)) {
    case "networking.istio.io/Gateway":
      return [effect("reconfigures-gateway", "reconfigures the running gateway, without a restart")];
    case "gateway.networking.k8s.io/Gateway":
      return delta.fields.some(({ path }) => isUnder(path, "spec.infrastructure") || path === "spec.gatewayClassName")
        ? [effect("restarts-gateway", "rolls the gateway's pods")]
        : [effect("reconfigures-gateway", "reconfigures the running gateway, without a restart")];
    default:
      return [];
  }
}

function charts(delta: Delta, world: World): readonly Effect[] {
  if (delta.ref.kind === "HelmRelease") {
    if (targetChanged(delta).length > 0)
      return [effect("uninstalls-chart", "uninstalls its chart and installs it anew")];
    const [before, after] = pairAt(delta, "spec");
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [effect("upgrades-chart", "upgrades its release")];
  }
  const releases = releasesOf(delta, world.after(delta.cluster));
  return releases.length > 0 ? [effect("upgrades-chart", `upgrades HelmRelease ${releases.join(", ")}`)] : [];
}

function scaling(delta: Delta): readonly Effect[] {
  const before = valueAt(delta.before?.content, "spec", "replicas");
  const after = valueAt(delta.after?.content, "spec", "replicas");
  if (!["Deployment", "StatefulSet", "ReplicaSet"].includes(delta.ref.kind) || before === after) return [];
  return [effect("scales", `scales from ${String(before ?? 1)} to ${String(after ?? 1)}`)];
}
