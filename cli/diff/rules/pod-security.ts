import { kindOf, pairAt } from "../entry";
import type { Check } from "./rule";

const LEVELS = ["restricted", "baseline", "privileged"];

/** Looks at a namespace's Pod Security labels. */
export const podSecurity: Check = (delta, _world, report) => {
  if (kindOf(delta.ref) !== "/Namespace" || !delta.before || !delta.after) return;
  for (const mode of ["enforce", "warn", "audit"]) {
    const label = `pod-security.kubernetes.io/${mode}`;
    const [before, after] = pairAt(delta, "metadata", "labels", label).map((level) => String(level ?? "privileged"));
    const path = `metadata.labels["${label}"]`;
    if (LEVELS.indexOf(after ?? "") <= LEVELS.indexOf(before ?? "")) continue;
    report(mode === "enforce" ? "psa/lower" : "psa/less-told", `${mode} goes from ${before} to ${after}`, [path]);
  }
  const version = "pod-security.kubernetes.io/enforce-version";
  const [before, after] = pairAt(delta, "metadata", "labels", version).map((text) => minorOf(text));
  if (before !== undefined && after !== undefined && after < before)
    report("psa/less-told", `enforces the standard of an older version: v1.${after} for v1.${before}`, [
      `metadata.labels["${version}"]`,
    ]);
};

function minorOf(version: unknown): number | undefined {
  if (version === undefined || version === "latest") return Number.POSITIVE_INFINITY;
  const match = /^v1\.(\d+)$/.exec(String(version));
  return match ? Number(match[1]) : undefined;
}
