import { z } from "zod";
import { groupOf } from "../tree/path";
import { objectName } from "../validate/location";
import { readYaml } from "../validate/yaml";
import { type RawFinding, raw } from "./findings";
import { RULES, type RuleId } from "./rules/catalogue";
import { DiffError } from "./sources/source";

/** Where consent is given: beside the description of the fleet, so that the same people review it. */
export const WAIVERS_FILE = "clusters/waivers.yaml";

/** Longest that a consent may last. */
const MOST_DAYS = 90;
const NAME = z.string().min(1);
const DAY = z.iso.date("must be a day, YYYY-MM-DD");

const WAIVER = z.strictObject({
  rule: z
    .string()
    .refine((id) => Object.hasOwn(RULES, id) || /[*?]/.test(id), "is no rule; docs/diff-rules.md lists them"),
  clusters: z.array(NAME).min(1, "must name the clusters"),
  object: z
    .strictObject({ group: z.string().default(""), kind: NAME, namespace: NAME.optional(), name: NAME })
    .optional(),
  resource: z.strictObject({ type: NAME, name: NAME }).optional(),
  reason: z.string().trim().min(10, "must say why, in at least 10 characters"),
  ask: z.string().trim().min(3, "must say who answers for it"),
  expires: DAY,
});
const FILE = z.strictObject({ waivers: z.array(WAIVER) });

/** A reviewed consent to one finding about one object on named clusters. */
export type Waiver = z.infer<typeof WAIVER>;

/** Reads the file of waivers. Throws one error that lists everything wrong with it. */
export function readWaivers(text: string, file = WAIVERS_FILE): readonly Waiver[] {
  const documents = documentsIn(text, file);
  if (documents.length === 0 || (documents.length === 1 && documents[0] === null)) return [];
  const result = FILE.safeParse(documents.length === 1 ? documents[0] : undefined);
  if (result.success) return result.data.waivers;
  const problems = result.error.issues.map(({ path, message }) => `  ${placeOf(path)}: ${message}`);
  throw new DiffError(`${file} is no list of waivers:\n${problems.join("\n")}\nFix: see the example at its top`);
}

function documentsIn(text: string, file: string): readonly unknown[] {
  try {
    return readYaml(text).documents;
  } catch (error) {
    const said = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new DiffError(`${file} cannot be read: ${said}. Fix: see the example at its top`);
  }
}

function placeOf(path: readonly PropertyKey[]): string {
  return (
    path
      .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
      .join("")
      .replace(/^\./, "") || "the file"
  );
}

/** Findings with the consent that they have, and findings about the waivers themselves. `today` is `YYYY-MM-DD`. */
export function applyWaivers(
  findings: readonly RawFinding[],
  waivers: readonly Waiver[],
  today: string,
): readonly RawFinding[] {
  if (waivers.length === 0) return findings;
  const faults = waivers.map((waiver) => faultOf(waiver, today));
  const byTarget = new Map<string, number[]>();
  for (const [index, waiver] of waivers.entries()) {
    if (faults[index]) continue;
    for (const cluster of waiver.clusters) {
      const key = keyOfWaiver(waiver, cluster);
      byTarget.set(key, [...(byTarget.get(key) ?? []), index]);
    }
  }
  const used = waivers.map(() => new Set<string>());
  const approved = findings.map((finding) => {
    const [index] = byTarget.get(keyOfFinding(finding)) ?? [];
    const waiver = index === undefined ? undefined : waivers[index];
    if (index === undefined || !waiver || finding.severity !== "danger") return finding;
    used[index]?.add(finding.cluster ?? AZURE);
    return { ...finding, waiver };
  });
  const own = waivers.flatMap((waiver, index) => {
    const fault = faults[index];
    if (fault) return [raw(fault.rule, `${nameOf(waiver)}: ${fault.why}`)];
    const idle = waiver.clusters.filter((cluster) => !used[index]?.has(cluster));
    return idle.length === 0
      ? []
      : [raw("waiver/unused", `${nameOf(waiver)}: there is no such danger on ${idle.join(", ")}`)];
  });
  return [...approved, ...own];
}

/** Stands for a cluster where a finding is about Azure. */
const AZURE = "azure";

function faultOf(waiver: Waiver, today: string): { readonly rule: RuleId; readonly why: string } | undefined {
  const texts = [
    waiver.rule,
    ...waiver.clusters,
    ...Object.values(waiver.object ?? {}),
    ...Object.values(waiver.resource ?? {}),
  ];
  const wide = texts.find((text) => /[*?]|^$|^all$/i.test(text ?? "") && text !== waiver.object?.group);
  if (wide !== undefined) return { rule: "waiver/too-wide", why: `${JSON.stringify(wide)} is no exact name` };
  if (/[*?]/.test(waiver.object?.group ?? "")) return { rule: "waiver/too-wide", why: "its group is no exact name" };
  if (!waiver.object === !waiver.resource && !waiver.rule.startsWith("cluster/")) {
    return { rule: "waiver/too-wide", why: "it must name one object or one resource" };
  }
  const days = (Date.parse(waiver.expires) - Date.parse(today)) / 86_400_000;
  if (days < 0) return { rule: "waiver/expired", why: `its last day was ${waiver.expires}` };
  return days > MOST_DAYS
    ? { rule: "waiver/too-wide", why: `it lasts ${days} days; ${MOST_DAYS} are the most` }
    : undefined;
}

function keyOfWaiver({ rule, object, resource }: Waiver, cluster: string): string {
  if (resource) return JSON.stringify([rule, AZURE, resource.type, resource.name]);
  return JSON.stringify([
    rule,
    cluster,
    object?.group ?? "",
    object?.kind ?? "",
    object?.namespace ?? "",
    object?.name ?? "",
  ]);
}

function keyOfFinding({ rule, object, cluster, resource }: RawFinding): string {
  if (resource) return JSON.stringify([rule, AZURE, resource.type, resource.name]);
  const { kind = "", namespace = "", name = "" } = object ?? {};
  return JSON.stringify([rule, cluster ?? "", object ? groupOf(object) : "", kind, namespace, name]);
}

function nameOf({ rule, object, resource, clusters }: Waiver): string {
  const what = object
    ? objectName({
        apiVersion: "",
        kind: object.kind,
        name: object.name,
        ...(object.namespace === undefined ? {} : { namespace: object.namespace }),
      })
    : resource
      ? `${resource.type} ${resource.name}`
      : "";
  return `waiver of ${rule}${what === "" ? "" : ` for ${what}`} on ${clusters.join(", ")}`;
}
