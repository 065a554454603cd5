import type { ObjectRef } from "../../validate/types";
import type { Severity } from "./severity";

/** Something a rule says of a change. */
export interface Finding {
  /** Id of the rule, for example `prune/protected-kind`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is the matter, with the values at fault; one sentence without a full stop. */
  readonly message: string;
  /** The object it is about; missing where it is about a cluster, a variable, an Azure resource or the gate itself. */
  readonly object?: ObjectRef;
  /** Sorted; empty where it is about none. */
  readonly clusters: readonly string[];
  /** Id of the change it belongs to. */
  readonly change?: string;
  /** Paths of the fields at fault, as in the change's `fields`. */
  readonly fields: readonly string[];
  /** Whether it fails the gate: a danger without a waiver. */
  readonly blocking: boolean;
  /** Why it is approved all the same. */
  readonly waiver?: Approval;
}

/** A reviewed consent to one finding. */
export interface Approval {
  readonly reason: string;
  /** Who answers for it. */
  readonly ask: string;
  /** Last day of the consent, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** A rule as reports explain it. */
export interface RuleText {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** Why it matters and what to do. */
  readonly doc: string;
}
