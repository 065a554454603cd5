import { clusterOf, componentsOf, identitiesOf } from "./names";
import type { Fleet } from "./types";

/** The variables that belong to the platform and not to one identity. */
export const PLATFORM_VARIABLES = [
  "AZURE_TENANT_ID",
  "AZURE_SUBSCRIPTION_ID",
  "KIALI_OAUTH_CLIENT_ID",
  "PROMETHEUS_QUERY_ENDPOINT",
] as const;

/**
 * The name of a value that exists only after provisioning. The infra program produces it, Flux puts it in place of `${NAME}`.
 */
export type VariableName = (typeof PLATFORM_VARIABLES)[number] | `${string}_CLIENT_ID`;

/** The reference to a variable as it stands in a manifest. */
export function variable(name: VariableName): string {
  return `\${${name}}`;
}

/** The variable that holds the client id of an identity. */
export function clientIdVariable(identity: string): VariableName {
  return `${identity.toUpperCase().replaceAll("-", "_")}_CLIENT_ID`;
}

/** The variables that a cluster's manifests refer to, sorted; the infra program produces exactly these. */
export function variablesOf(fleet: Fleet, clusterName: string): readonly VariableName[] {
  const components = componentsOf(clusterOf(fleet, clusterName));
  const names = new Set<VariableName>(
    identitiesOf(fleet, clusterName).map((identity) => clientIdVariable(identity.name)),
  );
  if (names.size > 0) names.add("AZURE_TENANT_ID");
  if (components.includes("cert-manager")) names.add("AZURE_SUBSCRIPTION_ID");
  if (components.includes("kiali")) {
    names.add("KIALI_OAUTH_CLIENT_ID");
    names.add("PROMETHEUS_QUERY_ENDPOINT");
  }
  return [...names].sort();
}
