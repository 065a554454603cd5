import { type Json, valueAt } from "../../validate/types";
import { pinOf, stepOf } from "../charts";
import { kindOf, pairAt } from "../entry";
import type { Step } from "../model";
import type { RuleId } from "./catalogue";
import type { Check, RuleDocs } from "./rule";
import { listed, newIn, objectsAt, pathsUnder, shown } from "./values";

/** Versions of charts, CRDs and APIs. */
export const VERSIONS = {
  "version/chart-major": {
    severity: "warning",
    title: "A chart goes up a major version",
    doc: "It may break what worked (a minor version too, while the major one is 0). Read its release notes and upgrade guide.",
  },
  "version/chart-minor": {
    severity: "notice",
    title: "A chart goes up a minor version",
    doc: "Read its release notes; values may have new defaults.",
  },
  "version/chart-patch": {
    severity: "info",
    title: "A chart goes up a patch version",
    doc: "Mends only, if its makers keep to semantic versions.",
  },
  "version/chart-downgrade": {
    severity: "danger",
    title: "A chart goes back to an older version",
    doc: "Charts are seldom tested backwards: CRDs lose fields, and stored objects may not be readable. Restore from a backup, or go forward.",
  },
  "version/chart-other": {
    severity: "warning",
    title: "A chart's version differs in a way that cannot be ordered",
    doc: "A digest, a range or a branch. See what it stands for.",
  },
  "version/crd-removed": {
    severity: "danger",
    title: "A CRD stops serving a version",
    doc: "Objects and clients of that version are refused; a stored version cannot be removed at all before its objects are migrated.",
  },
  "version/crd-field-removed": {
    severity: "danger",
    title: "A CRD loses fields",
    doc: "The API server drops them from objects the next time those are written.",
  },
  "version/crd-stored": {
    severity: "warning",
    title: "A CRD stores another version",
    doc: "Objects are converted when they are written; older controllers must be able to read it.",
  },
  "version/crd-changed": {
    severity: "notice",
    title: "A CRD differs",
    doc: "Its schema, columns or conversion. Its controller must be of a version that knows it.",
  },
  "version/api": {
    severity: "info",
    title: "An object is written in another API version",
    doc: "The API server keeps one object and converts; fields that the version lacks are lost.",
  },
} as const satisfies RuleDocs;

const CHART: Readonly<Record<Step, RuleId | undefined>> = {
  major: "version/chart-major",
  minor: "version/chart-minor",
  patch: "version/chart-patch",
  downgrade: "version/chart-downgrade",
  other: "version/chart-other",
  added: undefined,
  removed: undefined,
};

/** Looks at versions that differ. */
export const versions: Check = (delta, world, report) => {
  if (!delta.before || !delta.after) return;
  const [before, after] = [pinOf(delta.before), pinOf(delta.after)];
  if (before !== after) {
    const rule = CHART[stepOf(before, after)] ?? "version/chart-other";
    report(
      rule,
      `chart ${delta.ref.name} goes from ${shown(before)} to ${shown(after)}`,
      pathsUnder(delta, "spec.ref", "spec.chart.spec.version"),
    );
  }
  const [old, now] = pairAt(delta, "apiVersion");
  if (old !== now) report("version/api", `${shown(old)} becomes ${shown(now)}`, ["apiVersion"]);
  if (kindOf(delta.ref) === "apiextensions.k8s.io/CustomResourceDefinition") crd(delta, world, report);
};

const crd: Check = (delta, _world, report) => {
  const [old, now] = [delta.before, delta.after].map((entry) => versionsIn(entry?.content));
  if (!old || !now) return;
  const paths = pathsUnder(delta, "spec");
  const served = (all: ReadonlyMap<string, Json>) =>
    [...all].filter(([, version]) => version["served"] !== false).map(([name]) => name);
  const lost = newIn(served(now), served(old));
  if (lost.length > 0) report("version/crd-removed", `no longer serves ${listed(lost)}`, paths);
  const stored = (all: ReadonlyMap<string, Json>) => [...all].find(([, version]) => version["storage"] === true)?.[0];
  if (stored(old) !== stored(now))
    report("version/crd-stored", `stores ${shown(stored(now))} in place of ${shown(stored(old))}`, paths);
  const fields = [...old].flatMap(([name, version]) => {
    const other = now.get(name);
    return other
      ? newIn(fieldsIn(schemaOf(other)), fieldsIn(schemaOf(version))).map((field) => `${name}: ${field}`)
      : [];
  });
  if (fields.length > 0) report("version/crd-field-removed", `loses ${listed(fields)}`, paths);
  else if (paths.length > 0) report("version/crd-changed", `${listed(paths)} differ`, paths);
};

function versionsIn(content: unknown): ReadonlyMap<string, Json> {
  return new Map(objectsAt(content, "spec", "versions").map((version) => [String(version["name"]), version]));
}

function schemaOf(version: Json): unknown {
  return valueAt(version, "schema", "openAPIV3Schema");
}

function fieldsIn(schema: unknown, path = ""): readonly string[] {
  const properties = Object.entries(valueAt(schema, "properties") ?? {});
  const own = properties.flatMap(([name, inner]) => {
    const place = path === "" ? name : `${path}.${name}`;
    return [place, ...fieldsIn(inner, place)];
  });
  const items = valueAt(schema, "items");
  const more = valueAt(schema, "additionalProperties");
  return [...own, ...(items ? fieldsIn(items, `${path}[]`) : []), ...(more ? fieldsIn(more, `${path}{}`) : [])];
}
