import { createHash } from "node:crypto";
import { objectName } from "../validate/location";
import { compareText } from "../validate/types";
import { type Delta, keyOf } from "./entry";
import type { RawFinding } from "./findings";
import { type Approval, type Change, type Effect, type Finding, SEVERITIES, type Severity, worst } from "./model";
import { type SortKey, sortedBy } from "./sort";
import { groupBy } from "./world";

/** A change on one cluster with what becomes of it. */
export interface Judged {
  readonly delta: Delta;
  readonly effects: readonly Effect[];
}

/** The same changes of several clusters as one, and the findings about them. */
export interface Folded {
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
}

/** Folds what is the same on several clusters, and puts the most dangerous first. */
export function fold(judged: readonly Judged[], raw: readonly RawFinding[]): Folded {
  const ids = new Map<Delta, string>();
  const severities = new Map<Delta, Severity[]>();
  for (const { delta, severity } of raw) {
    if (!delta) continue;
    const known = severities.get(delta);
    if (known) known.push(severity);
    else severities.set(delta, [severity]);
  }
  const identify = contentIds();
  const changes = [...groupBy(judged, (one) => sameness(one, identify)).values()].map((group) => {
    const change = foldChange(group, worst(group.flatMap(({ delta }) => severities.get(delta) ?? [])) ?? "info");
    for (const { delta } of group) ids.set(delta, change.id);
    return change;
  });
  const findings = [...groupBy(raw, (finding) => samenessOfFinding(finding, ids)).values()].map((group) =>
    foldFindings(group, ids),
  );
  return { changes: sortedBy(changes, rankOfChange), findings: sortedBy(findings, rankOfFinding) };
}

/** Numbers content objects, so that equal ones are told without comparing: the parser gives equal texts the same object. */
function contentIds(): (content: object | undefined) => number {
  const ids = new WeakMap<object, number>();
  let last = 0;
  return (content) => {
    if (!content) return 0;
    const known = ids.get(content) ?? ++last;
    ids.set(content, known);
    return known;
  };
}

function sameness({ delta, effects }: Judged, identify: (content: object | undefined) => number): string {
  const { status, ref, component, before, after } = delta;
  return JSON.stringify([
    status,
    keyOf(ref),
    component,
    before?.component,
    identify(before?.content),
    identify(after?.content),
    ...effects.map(({ text }) => text),
  ]);
}

function foldChange(group: readonly Judged[], severity: Severity): Change {
  const [first] = group as readonly [Judged];
  const { delta, effects } = first;
  const sorted = [...group].sort((one, other) => compareText(one.delta.cluster, other.delta.cluster));
  const clusters = sorted.map((one) => one.delta.cluster);
  const isElsewhere = delta.status === "moved" || delta.status === "renamed";
  const was = isElsewhere && delta.before;
  const fields = {
    status: delta.status,
    object: delta.ref,
    component: delta.component,
    ...(was
      ? {
          was: {
            component: was.component,
            ...(was.ref.namespace === undefined ? {} : { namespace: was.ref.namespace }),
            name: was.ref.name,
          },
        }
      : {}),
    clusters,
  };
  return {
    id: `c${digest([fields.status, keyOf(delta.ref), fields.component, fields.was, clusters])}`,
    ...fields,
    files: sorted.map((one) => (one.delta.after ?? one.delta.before)?.file ?? ""),
    fields: delta.fields,
    effects,
    severity,
  };
}

function samenessOfFinding(
  { rule, message, object, delta, fields, waiver }: RawFinding,
  ids: ReadonlyMap<Delta, string>,
): string {
  return JSON.stringify([
    rule,
    message,
    delta && ids.get(delta),
    object && keyOf(object),
    fields,
    waiver?.reason,
    waiver?.expires,
  ]);
}

function foldFindings(group: readonly RawFinding[], ids: ReadonlyMap<Delta, string>): Finding {
  const [first] = group as readonly [RawFinding];
  const { rule, severity, message, object, delta, fields, waiver } = first;
  const change = delta && ids.get(delta);
  return {
    rule,
    severity,
    message,
    ...(object ? { object } : {}),
    clusters: [...new Set(group.flatMap(({ cluster }) => cluster ?? []))].sort(compareText),
    ...(change === undefined ? {} : { change }),
    fields,
    blocking: severity === "danger" && !waiver,
    ...(waiver ? { waiver: approvalOf(waiver) } : {}),
  };
}

function approvalOf({ reason, ask, expires }: Approval): Approval {
  return { reason, ask, expires };
}

function rankOfChange({ severity, component, object, clusters }: Change): SortKey {
  return [SEVERITIES.indexOf(severity), component, objectName(object), clusters.join()];
}

function rankOfFinding({ severity, blocking, rule, object, message, clusters }: Finding): SortKey {
  return [
    SEVERITIES.indexOf(severity),
    blocking ? 0 : 1,
    rule,
    object ? objectName(object) : "",
    message,
    clusters.join(),
  ];
}

function digest(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
}
