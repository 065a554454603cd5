/** How bad something is: only `danger` fails the gate. */
export type Severity = "info" | "notice" | "warning" | "danger";

/** Severities, worst first. */
export const SEVERITIES: readonly Severity[] = ["danger", "warning", "notice", "info"];

/** The worst of some severities; undefined of none. */
export function worst(severities: Iterable<Severity>): Severity | undefined {
  const all = new Set(severities);
  return SEVERITIES.find((severity) => all.has(severity));
}

/** Orders severities, worst first. */
export function bySeverity(one: Severity, other: Severity): number {
  return SEVERITIES.indexOf(one) - SEVERITIES.indexOf(other);
}
