import { isJson, valueAt } from "../validate/types";
import { type Delta, type Entry, kindOf } from "./entry";
import type { FieldChange, Step } from "./model";
import { isUnder } from "./values";
import type { ClusterSide } from "./world";

/** Fields that name a release; when one changes, helm-controller uninstalls the old release first (`ReleaseTargetChanged`). */
const TARGET = ["spec.targetNamespace", "spec.releaseName", "spec.storageNamespace", "spec.chart.spec.chart"];

/** The fields of a HelmRelease's change by which its chart is uninstalled and installed anew. */
export function targetChanged(delta: Delta): readonly FieldChange[] {
  if (delta.ref.kind !== "HelmRelease" || !delta.before || !delta.after) return [];
  return delta.fields.filter(({ path }) => TARGET.some((field) => isUnder(path, field)));
}

/** The HelmReleases of a cluster that install from a source, as `namespace/name`. */
export function releasesOf(delta: Delta, side: ClusterSide): readonly string[] {
  const kind = kindOf(delta.ref);
  if (!kind.startsWith("source.toolkit.fluxcd.io/")) return [];
  return side
    .ofKind("helm.toolkit.fluxcd.io/HelmRelease")
    .filter((release) => sourceOf(release, delta))
    .map(({ ref }) => `${ref.namespace ?? ""}/${ref.name}`)
    .sort();
}

function sourceOf(release: Entry, { ref }: Delta): boolean {
  const reference =
    valueAt(release.content, "spec", "chartRef") ?? valueAt(release.content, "spec", "chart", "spec", "sourceRef");
  if (!isJson(reference)) return false;
  const namespace = reference["namespace"] ?? release.ref.namespace;
  return reference["kind"] === ref.kind && reference["name"] === ref.name && namespace === ref.namespace;
}

/** The chart's version that an object pins: an OCIRepository's tag, or a HelmRelease's own version. */
export function pinOf(entry: Entry | undefined): string | undefined {
  if (!entry) return undefined;
  const kind = kindOf(entry.ref);
  const value =
    kind === "source.toolkit.fluxcd.io/OCIRepository"
      ? (valueAt(entry.content, "spec", "ref", "semver") ??
        valueAt(entry.content, "spec", "ref", "tag") ??
        valueAt(entry.content, "spec", "ref", "digest"))
      : kind === "helm.toolkit.fluxcd.io/HelmRelease"
        ? valueAt(entry.content, "spec", "chart", "spec", "version")
        : undefined;
  return value === undefined ? undefined : String(value);
}

const VERSION = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+].*)?$/;

/** How far one version is from another. A major version of 0 promises nothing, so its minor counts as major (semver.org, 4). */
export function stepOf(before: string | undefined, after: string | undefined): Step {
  if (before === undefined) return "added";
  if (after === undefined) return "removed";
  const one = VERSION.exec(before)
    ?.slice(1)
    .map((part) => Number(part ?? 0));
  const other = VERSION.exec(after)
    ?.slice(1)
    .map((part) => Number(part ?? 0));
  if (!one || !other) return "other";
  const at = one.findIndex((part, index) => part !== other[index]);
  if (at < 0) return "other";
  if ((other[at] ?? 0) < (one[at] ?? 0)) return "downgrade";
  if (at === 0 || (at === 1 && one[0] === 0)) return "major";
  return at === 1 ? "minor" : "patch";
}
