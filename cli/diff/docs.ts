import type { Severity } from "./model";
import { CONCEPTS } from "./rules/catalogue";
import type { RuleDoc } from "./rules/rule";

const MEANING: readonly (readonly [Severity, string])[] = [
  [
    "danger",
    "destroys, opens or stops something: fails the gate until a waiver in `clusters/waivers.yaml` approves it",
  ],
  ["warning", "disrupts something, or may: read before merging"],
  ["notice", "worth knowing"],
  ["info", "what becomes of an object, when nothing else is to be said"],
];

/** The page `docs/diff-rules.md`: every rule of `make diff`, from the catalogue. */
export function rulesPage(): string {
  const lines = [
    "# What `make diff` finds",
    "",
    "Written from the catalogue in `cli/diff/rules` by `make docs`; do not edit.",
    "",
    "| severity | meaning |",
    "| --- | --- |",
    ...MEANING.map(([severity, meaning]) => `| ${severity} | ${meaning} |`),
  ];
  for (const [concept, rules] of Object.entries(CONCEPTS)) {
    lines.push("", `## ${concept}`);
    for (const [id, rule] of Object.entries<RuleDoc>(rules)) {
      lines.push("", `### ${id}`, "", `**${rule.title}** (${rule.severity}). ${rule.doc}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
