import { azureName } from "../../clusters/fleet";
import type { RecordedResource } from "../record/types";
import { at, listAt, textAt } from "./values";

/** A federated credential: whom an identity trusts. */
export interface Federation {
  readonly subject: string;
  readonly issuer: string;
  /** Name of the identity. */
  readonly identity: string;
  readonly clientId?: string;
  readonly principalId?: string;
}

/** A role on something. */
export interface Right {
  readonly role: string;
  readonly principalId: string;
  readonly scope: string;
}

/** What Azure has for one cluster. */
export interface ClusterInAzure {
  /** Name of the cluster's resource. */
  readonly resource: string;
  readonly issuer?: string;
  /** Mesh revisions that AKS runs. */
  readonly revisions: readonly string[];
  readonly federations: readonly Federation[];
  /** What Flux puts in place of variables. */
  readonly substitution: Readonly<Record<string, string | undefined>>;
  /** Name of the `fluxConfiguration`, and so of Flux's source. */
  readonly fluxConfiguration: string;
  readonly fluxNamespace: string;
  /** Folders that Flux starts at. */
  readonly fluxPaths: readonly string[];
}

/** The resources of a type. */
export function ofType(resources: readonly RecordedResource[], type: string): readonly RecordedResource[] {
  return resources.filter((resource) => resource.type === `azure-native:${type}`);
}

/** Reads what Azure has for a cluster; nothing where it has no such cluster. */
export function readAzure(resources: readonly RecordedResource[], cluster: string): ClusterInAzure | undefined {
  const resource = azureName.cluster(cluster);
  const managed = ofType(resources, "containerservice:ManagedCluster").find(
    ({ inputs }) => inputs["resourceName"] === resource,
  );
  if (!managed) return undefined;
  const flux = ofType(resources, "kubernetesconfiguration:FluxConfiguration").find(
    ({ inputs }) => inputs["clusterName"] === resource,
  );
  const kustomizations = Object.values((flux?.inputs["kustomizations"] ?? {}) as Record<string, unknown>);
  return {
    resource,
    issuer: textAt(managed.state, "oidcIssuerProfile", "issuerURL"),
    revisions: listAt(managed.inputs, "serviceMeshProfile", "istio", "revisions").map(String),
    federations: federationsIn(resources, managed.inputs["resourceGroupName"]),
    substitution: Object.assign({}, ...kustomizations.map((each) => at(each, "postBuild", "substitute") ?? {})),
    fluxConfiguration: textAt(flux?.inputs, "fluxConfigurationName") ?? "",
    fluxNamespace: textAt(flux?.inputs, "namespace") ?? "",
    fluxPaths: kustomizations.map((each) => textAt(each, "path") ?? ""),
  };
}

/** The roles that are given. */
export function rightsIn(resources: readonly RecordedResource[]): readonly Right[] {
  return ofType(resources, "authorization:RoleAssignment").map(({ inputs }) => ({
    role: String(inputs["roleDefinitionId"]).split("/").at(-1) ?? "",
    principalId: String(inputs["principalId"]),
    scope: String(inputs["scope"]),
  }));
}

function federationsIn(resources: readonly RecordedResource[], group: unknown): readonly Federation[] {
  const identities = new Map(
    ofType(resources, "managedidentity:UserAssignedIdentity").map((identity) => [
      String(identity.inputs["resourceName"]),
      identity,
    ]),
  );
  return ofType(resources, "managedidentity:FederatedIdentityCredential")
    .filter(({ inputs }) => inputs["resourceGroupName"] === group)
    .map(({ inputs }) => {
      const identity = String(inputs["resourceName"]);
      const state = identities.get(identity)?.state;
      return {
        subject: String(inputs["subject"]),
        issuer: String(inputs["issuer"]),
        identity,
        clientId: textAt(state, "clientId"),
        principalId: textAt(state, "principalId"),
      };
    });
}
