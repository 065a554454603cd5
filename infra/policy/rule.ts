import type { EnforcementLevel } from "@pulumi/policy";

/** A resource as a rule looks at it. */
export interface Subject {
  /** Type without its provider, for example `keyvault:Vault`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly protect: boolean;
  /** URNs of what each property refers to. */
  readonly refersTo: Readonly<Record<string, readonly string[]>>;
}

interface Described {
  /** Name, by which the pack's users turn it off or change its level. */
  readonly name: string;
  readonly description: string;
  readonly level: EnforcementLevel;
}

/** A rule for each resource by itself. */
export interface ResourceRule extends Described {
  /** What is wrong with a resource, by its type; empty if nothing is. */
  readonly checks: Readonly<Record<string, (subject: Subject) => readonly string[]>>;
}

/** A rule for all resources together. */
export interface StackRule extends Described {
  /** What is wrong, and with which resource. */
  readonly checkAll: (
    subjects: readonly Subject[],
  ) => readonly { readonly about?: Subject; readonly message: string }[];
}

/** The messages whose condition holds. */
export function wrongs(...findings: readonly (readonly [condition: boolean, message: string])[]): readonly string[] {
  return findings.flatMap(([condition, message]) => (condition ? [message] : []));
}

/** One check for several types. */
export function forEach(
  types: readonly string[],
  check: (subject: Subject) => readonly string[],
): ResourceRule["checks"] {
  return Object.fromEntries(types.map((type) => [type, check]));
}
