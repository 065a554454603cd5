import type { Delta } from "./entry";
import type { ObjectRef, Severity } from "./model";
import { applyRules } from "./rules";
import { RULES, type RuleId } from "./rules/catalogue";
import type { Waiver } from "./waivers";
import type { World } from "./world";

/** A finding on one cluster, before the same of other clusters is folded into it. */
export interface RawFinding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message: string;
  readonly fields: readonly string[];
  readonly object?: ObjectRef;
  readonly cluster?: string;
  /** Of the infra program. */
  readonly resource?: { readonly type: string; readonly name: string };
  readonly delta?: Delta;
  readonly waiver?: Waiver;
}

/** A finding of a rule, with the rule's severity. */
export function raw(
  rule: RuleId,
  message: string,
  rest: Partial<Omit<RawFinding, "rule" | "message">> = {},
): RawFinding {
  return { fields: [], ...rest, rule, severity: RULES[rule].severity, message };
}

/** What the rules say of every change. */
export function findingsOf(deltas: readonly Delta[], world: World): readonly RawFinding[] {
  const findings: RawFinding[] = [];
  for (const delta of deltas) {
    applyRules(delta, world, (rule, message, fields = []) => {
      findings.push({
        rule,
        severity: RULES[rule].severity,
        message,
        fields,
        // Who looks for what was removed looks for its old name.
        object: delta.ref,
        cluster: delta.cluster,
        delta,
      });
    });
  }
  return findings;
}
