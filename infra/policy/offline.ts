import type { EnforcementLevel, PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import type { RecordedResource } from "../record/types";
import { POLICIES } from "./pack";

/** A resource that breaks a policy. */
export interface Violation {
  readonly policy: string;
  readonly level: EnforcementLevel;
  /** Name of the resource. @default the stack as a whole */
  readonly resource?: string;
  readonly message: string;
}

/** Runs the pack over recorded resources, as the engine would over those of a preview. */
export async function violations(resources: readonly RecordedResource[]): Promise<readonly Violation[]> {
  const custom = resources.filter((resource) => resource.custom);
  const names = new Map(custom.map(({ urn, name }) => [urn, name]));
  const given = custom.map(args);
  const found: Violation[] = [];
  for (const policy of POLICIES) {
    const level = policy.enforcementLevel ?? "advisory";
    const report = (message: string, urn?: string) =>
      void found.push({
        policy: policy.name,
        level,
        resource: urn === undefined ? undefined : names.get(urn),
        message,
      });
    if ("validateStack" in policy)
      await policy.validateStack({ resources: all(custom, given), getConfig, stackTags, notApplicable }, report);
    if ("validateResource" in policy) {
      const validations = [policy.validateResource ?? []].flat();
      for (const one of given)
        for (const validate of validations) await validate(one, (message, urn) => report(message, urn ?? one.urn));
    }
  }
  return found;
}

const stackTags: ReadonlyMap<string, string> = new Map();

function args({
  type,
  name,
  urn,
  inputs,
  protect,
  ignoreChanges,
  deleteBeforeReplace,
  parent,
}: RecordedResource): ResourceValidationArgs {
  return {
    type,
    name,
    urn,
    props: { ...inputs },
    opts: {
      protect,
      ignoreChanges: [...ignoreChanges],
      deleteBeforeReplace,
      aliases: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: [],
      parent,
    },
    stackTags,
    isType: () => false,
    asType: () => undefined,
    getConfig,
    notApplicable,
  };
}

function all(recorded: readonly RecordedResource[], given: readonly ResourceValidationArgs[]): PolicyResource[] {
  const resources = new Map<string, PolicyResource>(
    given.map((one) => [one.urn, { ...one, dependencies: [], propertyDependencies: {} } as PolicyResource]),
  );
  const found = (urns: readonly string[]) => urns.flatMap((urn) => resources.get(urn) ?? []);
  for (const { urn, dependencies, propertyDependencies } of recorded) {
    const resource = resources.get(urn);
    if (!resource) continue;
    resource.dependencies = found(dependencies);
    resource.propertyDependencies = Object.fromEntries(
      Object.entries(propertyDependencies).map(([key, urns]) => [key, found(urns)]),
    );
  }
  return [...resources.values()];
}

function getConfig<T extends object>(): T {
  return {} as T;
}

function notApplicable(reason?: string): never {
  throw new Error(reason ?? "not applicable");
}
