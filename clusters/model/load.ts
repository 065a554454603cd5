import { draftOf, type LeftOut } from "./draft";
import { type Finding, FleetError, type Problem, pathText } from "./problem";
import { RULES } from "./rules";
import { fleetSchema } from "./schema";
import type { Fleet } from "./types";

/** The file that a fleet is described in, where nothing else is said. */
const DEFAULT_SOURCE = "clusters/fleet.ts";

/** The fleet, if it can be. Throws a {@link FleetError} with every problem otherwise; `source` is the file to name in it. */
export function loadFleet(input: unknown, source: string = DEFAULT_SOURCE): Fleet {
  const { fleet, problems } = examine(input);
  if (!fleet || problems.length > 0) throw new FleetError(problems, source);
  return fleet;
}

/** Everything that is wrong with a fleet, all at once; empty if it can be. */
export function checkFleet(input: unknown): readonly Problem[] {
  return examine(input).problems;
}

function examine(input: unknown): { readonly fleet?: Fleet; readonly problems: readonly Problem[] } {
  const parsed = fleetSchema.safeParse(input);
  const issues: readonly Issue[] = parsed.success ? [] : parsed.error.issues;
  const draft = draftOf<Fleet>(input, issues.flatMap(leftOut));
  const findings = [...issues.flatMap(findingsOf), ...(draft ? RULES.flatMap((rule) => rule(draft)) : [])];
  const problems = inOrder(findings).map(({ at, reason, fix }) => ({ path: pathText(input, at), reason, fix }));
  return parsed.success ? { fleet: parsed.data, problems } : { problems };
}

interface Issue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly discriminator?: string;
}

/** What an issue of the schema says: one finding for each pair of lines (`shape.ts`), one pair for each unknown property. */
function findingsOf(issue: Issue): readonly Finding[] {
  const lines = issue.message.split("\n");
  const places = issue.keys?.map((key) => [...issue.path, key]) ?? [issue.path];
  return places.map((at, index) => ({ at, reason: lines[index * 2] ?? "", fix: lines[index * 2 + 1] ?? "" }));
}

/** What rules must not look at: where a union's variant is unknown, the whole union was not looked at. */
function leftOut(issue: Issue): readonly LeftOut[] {
  if (issue.keys) return issue.keys.map((key) => ({ at: [...issue.path, key], because: "unknown" }));
  const at = issue.discriminator === undefined ? issue.path : issue.path.slice(0, -1);
  return [{ at, because: "malformed" }];
}

/** Sorted as the parts stand in a fleet, so that what belongs to one cluster is read together. */
function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const sections = Object.keys(fleetSchema.shape);
  const rank = ({ at: [section, index] }: Finding): readonly [number, number] => [
    sections.indexOf(String(section)),
    typeof index === "number" ? index : -1,
  ];
  return findings
    .map((finding) => ({ finding, rank: rank(finding) }))
    .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1])
    .map(({ finding }) => finding);
}
