import type * as pulumi from "@pulumi/pulumi";
import { type Cluster, clientIdVariable, type Fleet, type VariableName, variablesOf } from "../clusters/fleet";
import type { Workload } from "./identity/workloads";

/** Values that exist only after provisioning, by the name under which manifests refer to them. */
export type Values = Readonly<Partial<Record<VariableName, pulumi.Input<string>>>>;

/** What variables are made of. */
export interface VariableSources {
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly kialiOauthClientId?: string;
  readonly prometheusQueryEndpoint: pulumi.Input<string>;
  readonly workloads: readonly Workload[];
}

/** Every value that could be referred to. A variable that is not a client id must be here by its type. */
export function valuesOf(sources: VariableSources): Values {
  const own: Record<NamedVariable, pulumi.Input<string> | undefined> = {
    AZURE_SUBSCRIPTION_ID: sources.subscriptionId,
    AZURE_TENANT_ID: sources.tenantId,
    KIALI_OAUTH_CLIENT_ID: sources.kialiOauthClientId,
    PROMETHEUS_QUERY_ENDPOINT: sources.prometheusQueryEndpoint,
  };
  const clientIds = sources.workloads.map(({ name, clientId }) => [clientIdVariable(name), clientId]);
  return { ...Object.fromEntries(clientIds), ...own };
}

/** Exactly the variables that a cluster's manifests refer to. Throws if one has no value: Flux would put nothing in its place. */
export function substitution(
  fleet: Fleet,
  cluster: Cluster,
  values: Values,
): Record<VariableName, pulumi.Input<string>> {
  const names = variablesOf(fleet, cluster.name);
  const missing = names.filter((name) => values[name] === undefined);
  if (missing.length > 0) {
    throw new Error(
      `${cluster.name}: no value for ${missing.join(", ")}, which its manifests refer to; give one in infra/variables.ts`,
    );
  }
  return Object.fromEntries(names.map((name) => [name, values[name]])) as Record<VariableName, pulumi.Input<string>>;
}

/** The variables that are not the client id of an identity of the fleet's; a new one does not compile until it has a value above. */
type NamedVariable = Exclude<VariableName, `${string}_CLIENT_ID`> | "KIALI_OAUTH_CLIENT_ID";
