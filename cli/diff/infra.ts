import { readFileSync } from "node:fs";
import { z } from "zod";
import { compareText } from "../validate/types";
import { type RawFinding, raw } from "./findings";
import type { FieldChange, InfraChange } from "./model";
import { DiffError } from "./sources/source";
import { diffValues } from "./values";

/**
 * What the infra program registers, as a recording of it is kept for a comparison: every resource with its inputs, and by type the
 * inputs whose change plans a replacement (`agentPoolProfiles[].vmSize` for one inside a list).
 */
const RECORDING = z.object({
  resources: z.array(
    z.object({
      type: z.string(),
      name: z.string(),
      inputs: z.record(z.string(), z.unknown()).default({}),
      protect: z.boolean().optional(),
    }),
  ),
  replacement: z.record(z.string(), z.array(z.string())).default({}),
});

/** A recording of the infra program. */
export type InfraRecording = z.infer<typeof RECORDING>;
type Resource = InfraRecording["resources"][number];

/** Reads a recording. Throws what is wrong with it. */
export function readRecording(file: string): InfraRecording {
  const fix = "Fix: record the infra program on both sides, as JSON of `resources: [{ type, name, inputs }]`";
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new DiffError(
      `The recording ${file} cannot be read (${error instanceof Error ? error.message : String(error)}). ${fix}`,
    );
  }
  const result = RECORDING.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new DiffError(`${file} is no recording (${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}). ${fix}`);
}

/** Every Azure resource that differs. */
export function diffInfra(from: InfraRecording, to: InfraRecording): readonly InfraChange[] {
  const before = new Map(from.resources.map((resource) => [keyOf(resource), resource]));
  const after = new Map(to.resources.map((resource) => [keyOf(resource), resource]));
  const replacement = { ...from.replacement, ...to.replacement };
  const changes: InfraChange[] = [];
  for (const [key, resource] of after) {
    const old = before.get(key);
    const { type, name } = resource;
    if (!old)
      changes.push({ type, name, status: "added", fields: [{ path: "", after: resource.inputs }], replacedBy: [] });
    else {
      const fields = diffValues(old.inputs, resource.inputs);
      const replacedBy = fields.filter((field) => isReplacing(field, replacement[type] ?? [])).map(({ path }) => path);
      if (fields.length > 0)
        changes.push({ type, name, status: replacedBy.length > 0 ? "replaced" : "changed", fields, replacedBy });
    }
  }
  for (const [key, { type, name, inputs }] of before) {
    if (!after.has(key))
      changes.push({ type, name, status: "removed", fields: [{ path: "", before: inputs }], replacedBy: [] });
  }
  return changes.sort((one, other) => compareText(one.type, other.type) || compareText(one.name, other.name));
}

function keyOf({ type, name }: Resource): string {
  return JSON.stringify([type, name]);
}

// A value whose own members differ replaces the resource too: `linuxProfile` and `linuxProfile.adminUsername`.
function isReplacing({ path }: FieldChange, properties: readonly string[]): boolean {
  const plain = path.replace(/\[[^\]]*\]/g, "[]");
  return properties.some(
    (property) =>
      plain === property ||
      plain.startsWith(`${property}.`) ||
      plain.startsWith(`${property}[`) ||
      property.startsWith(`${plain}.`),
  );
}

/** What to think of them. */
export function infraFindings(changes: readonly InfraChange[]): readonly RawFinding[] {
  return changes.flatMap(({ type, name, status, fields, replacedBy }): readonly RawFinding[] => {
    const what = `${type} ${name}`;
    const rest = { resource: { type, name }, fields: fields.map(({ path }) => path).filter((path) => path !== "") };
    const subject = fields.find(({ path }) => path === "subject");
    const own =
      subject && /FederatedIdentityCredential$/.test(type)
        ? [raw("infra/subject", `${what}: ${String(subject.before)} becomes ${String(subject.after)}`, rest)]
        : [];
    if (status === "added" || status === "removed") return [raw(`infra/${status}`, what, rest)];
    if (status === "replaced") {
      return [...own, raw("infra/replaced", `${what}: ${replacedBy.join(", ")}`, { ...rest, fields: replacedBy })];
    }
    return own.length > 0 ? own : [raw("infra/changed", `${what}: ${rest.fields.slice(0, 5).join(", ")}`, rest)];
  });
}
