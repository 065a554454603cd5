import { objectName } from "../../validate/location";
import type { Change, Counts, DiffResult, Finding, Side, Status } from "../model";
import { count, plain } from "./plain";

/** A side for people: its label, and the beginning of its commit. */
export function sideName({ label, commit }: Side): string {
  return plain(commit === undefined ? label : `${label} (${commit.slice(0, 10)})`);
}

/** `3 added, 1 removed`. */
export function countsText(counts: Counts): string {
  const parts = (["added", "removed", "changed", "moved", "renamed"] as const)
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${status}`);
  return parts.join(", ") || "none";
}

/** The sign of what became of an object. */
export const SIGNS: Readonly<Record<Status, string>> = {
  added: "+",
  removed: "-",
  changed: "~",
  moved: ">",
  renamed: "=",
};

/** What a finding is about. */
export function subjectOf({ object, clusters }: Finding): string {
  return plain(object ? objectName(object) : clusters.length > 0 ? "" : "the comparison");
}

/** Clusters as a list that stays short: the first five, and how many more. */
export function clustersText(clusters: readonly string[], all?: number): string {
  if (all !== undefined && all > 2 && clusters.length === all) return `all ${all} clusters`;
  const some = clusters
    .slice(0, 5)
    .map((cluster) => plain(cluster))
    .join(", ");
  return clusters.length > 5 ? `${some} and ${clusters.length - 5} more` : some;
}

/** An object and where it was before. */
export function changeName({ object, was, component }: Change): string {
  const before =
    was &&
    (was.component === component
      ? ` (was ${was.namespace ?? ""}/${was.name})`
      : ` (was in ${was.component}${was.name === object.name ? "" : ` as ${was.name}`})`);
  return plain(`${objectName(object)}${before?.replace("(was /", "(was ") ?? ""}`);
}

/** The verdict in one sentence. */
export function verdictText({ summary }: DiffResult): string {
  const { verdict, blocking, waived, findings } = summary;
  const approved = waived > 0 ? `; ${count(waived, "danger")} approved` : "";
  switch (verdict) {
    case "clean":
      return "nothing differs";
    case "danger":
      return `${count(blocking, "danger")} not approved${approved}`;
    case "warning":
      return `nothing dangerous${waived > 0 ? " that is not approved" : ""}, ${count(findings.warning, "warning")}${approved}`;
    default:
      return `nothing dangerous${waived > 0 ? " that is not approved" : ""}${approved}`;
  }
}
