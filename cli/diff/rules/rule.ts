import type { Delta } from "../entry";
import type { Severity } from "../model";
import type { World } from "../world";
import type { RuleId } from "./catalogue";

/** What a rule is about, for people: in reports and in `docs/diff-rules.md`. */
export interface RuleDoc {
  readonly severity: Severity;
  readonly title: string;
  /** Why it matters and what to do. */
  readonly doc: string;
}

/** Rules by their ids. */
export type RuleDocs = Readonly<Record<string, RuleDoc>>;

/** Takes a finding about the change at hand; `fields` are paths of the fields at fault. */
export type Report = (rule: RuleId, message: string, fields?: readonly string[]) => void;

/** Looks at one change on one cluster. */
export type Check = (delta: Delta, world: World, report: Report) => void;

/** A check and the kinds (`group/Kind`) it looks at; every kind without a list. */
export interface Checked {
  readonly kinds?: readonly string[];
  readonly check: Check;
}
