import { bySeverity, type Finding, type ObjectRef } from "../../model";
import type { Row } from "./filter";
import type { ListedChange, PageReport } from "./report";

/** A change in the list of changes. */
export interface ChangeRow extends Row {
  readonly change: ListedChange;
  /** In the report. */
  readonly position: number;
  readonly findings: readonly Finding[];
}

/** A finding in the list of findings. */
export interface FindingRow extends Row {
  readonly finding: Finding;
  readonly position: number;
  readonly change?: ChangeRow;
}

/** The rows of both lists. */
export interface Rows {
  readonly changes: readonly ChangeRow[];
  readonly findings: readonly FindingRow[];
  readonly byId: ReadonlyMap<string, ChangeRow>;
}

/** How a list of changes is sorted. */
export type Order = "severity" | "component" | "kind" | "name";

/** Makes the rows of a report. */
export function rowsOf(report: PageReport): Rows {
  const findingsOf = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    if (finding.change === undefined) continue;
    const known = findingsOf.get(finding.change);
    if (known) known.push(finding);
    else findingsOf.set(finding.change, [finding]);
  }
  const changes = report.changes.map((change, position) =>
    changeRow(change, position, findingsOf.get(change.id) ?? []),
  );
  const byId = new Map(changes.map((row) => [row.change.id, row]));
  const findings = report.findings.map((finding, position) =>
    findingRow(finding, position, finding.change === undefined ? undefined : byId.get(finding.change)),
  );
  return { changes, findings, byId };
}

/** Sorts changes; those that are equal stay in the order of the report. */
export function sorted(rows: readonly ChangeRow[], order: Order): readonly ChangeRow[] {
  if (order === "severity") return rows;
  const keyOf = ({ change }: ChangeRow) =>
    ({ component: change.component, kind: change.object.kind, name: nameOf(change.object) })[order];
  return [...rows].sort((one, other) => {
    const [a, b] = [keyOf(one), keyOf(other)];
    return a < b ? -1 : a > b ? 1 : bySeverity(one.change.severity, other.change.severity);
  });
}

/** For example `storefront/web`, or the name alone where there is no namespace. */
export function nameOf({ namespace, name }: Pick<ObjectRef, "namespace" | "name">): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** What an object is, the same on every cluster and in every version of its API. */
export function identityOf({ apiVersion, kind, namespace, name }: ObjectRef): string {
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  return JSON.stringify([group, kind, namespace, name]);
}

function changeRow(change: ListedChange, position: number, findings: readonly Finding[]): ChangeRow {
  const { object, was, clusters, status, component, effects, severity, id } = change;
  return {
    change,
    position,
    findings,
    severity,
    gate: gateOf(findings),
    status: [status],
    clusters,
    kind: [object.kind],
    component: [component],
    effects: [...new Set(effects.map((effect) => effect.kind))],
    text: haystack([
      object.apiVersion,
      object.kind,
      nameOf(object),
      was ? `${was.component} ${nameOf({ name: was.name, ...spaceOf(was.namespace) })}` : "",
      component,
      ...clusters,
      status,
      severity,
      ...effects.map((effect) => effect.text),
      ...findings.flatMap((finding) => [finding.rule, finding.message]),
      id,
    ]),
  };
}

function findingRow(finding: Finding, position: number, change: ChangeRow | undefined): FindingRow {
  const { severity, clusters, object, rule, message, waiver } = finding;
  return {
    finding,
    position,
    ...(change ? { change } : {}),
    severity,
    gate: gateOf([finding]),
    status: change?.status ?? [],
    clusters,
    kind: object ? [object.kind] : [],
    component: change?.component ?? [],
    effects: change?.effects ?? [],
    text: haystack([
      rule,
      message,
      severity,
      object?.kind ?? "",
      object ? nameOf(object) : "",
      ...clusters,
      ...finding.fields,
      waiver?.reason ?? "",
      waiver?.ask ?? "",
    ]),
  };
}

function gateOf(findings: readonly Finding[]): readonly string[] {
  return [
    ...(findings.some((finding) => finding.blocking) ? ["blocks"] : []),
    ...(findings.some((finding) => finding.waiver) ? ["approved"] : []),
  ];
}

function haystack(texts: readonly string[]): string {
  return texts.join("\n").toLowerCase();
}

function spaceOf(namespace: string | undefined): Pick<ObjectRef, "namespace"> {
  return namespace === undefined ? {} : { namespace };
}
