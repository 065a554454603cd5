import type { AzureResource, BodyProblem } from "../model";

/** Something wrong by a rule. */
export interface Fault {
  readonly path: string;
  /** Why it cannot be, to be read after the place. */
  readonly reason: string;
  readonly fix: string;
}

/** Something that Azure refuses and its types do not say, about one resource. */
export interface Rule {
  /** Under this name its problems are reported. */
  readonly id: string;
  /** Where it is said. */
  readonly source: string;
  /** Tokens it is about, without `azure-native:`; all when empty. */
  readonly tokens: readonly string[];
  readonly check: (inputs: Inputs, resource: AzureResource) => readonly Fault[];
}

/** A rule about resources together. */
export interface ProgramRule {
  readonly id: string;
  readonly source: string;
  readonly check: (resources: readonly AzureResource[]) => readonly Omit<BodyProblem, "check">[];
}

/** The inputs of a resource. */
export type Inputs = Readonly<Record<string, unknown>>;

/** Shorthand for a list of faults that has one entry if something is so. */
export function faultIf(wrong: boolean, path: string, reason: string, fix: string): readonly Fault[] {
  return wrong ? [{ path, reason, fix }] : [];
}

/** Resources of a type, by the token without `azure-native:`. */
export function ofType(resources: readonly AzureResource[], key: string): readonly AzureResource[] {
  return resources.filter(({ type }) => type === `azure-native:${key}`);
}

/** A problem of a rule about resources together. */
export function about(resource: AzureResource, fault: Fault): Omit<BodyProblem, "check"> {
  return { resource: `${resource.type} ${resource.name}`, ...fault };
}
