import { checkBody, problem } from "./check";
import type { AzureResource, BodyProblem } from "./model";
import { checkRules, checkTogether } from "./rules";

export type { AzureResource, BodyProblem } from "./model";
export { refusedChanges, replacementProperties, replacementSources } from "./replacement";

/** What Azure would refuse in a resource: by its published types, and by rules its types do not express. */
export function checkResource(resource: AzureResource): readonly BodyProblem[] {
  return [...checkBody(resource).findings, ...checkRules(resource)].map((finding) => problem(resource, finding));
}

/** What Azure would refuse in resources, each by itself and all together. */
export function checkResources(resources: readonly AzureResource[]): readonly BodyProblem[] {
  return [...resources.flatMap(checkResource), ...checkTogether(resources)];
}

/** The body that azure-native would send for a resource, without the parts that are in its address. */
export function armBody(resource: AzureResource): Readonly<Record<string, unknown>> {
  return checkBody(resource).body;
}

/** A problem on one line. */
export function describeProblem({ resource, check, path, reason, fix }: BodyProblem): string {
  return `${resource}: ${path} ${reason} [${check}]${fix === undefined ? "" : `; fix: ${fix}`}`;
}
