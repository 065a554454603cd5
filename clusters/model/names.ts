import type { Addon, Capacity, Cluster, ComponentName, Fleet, WorkloadIdentity } from "./types";

/** The namespace where the AKS Flux extension keeps its objects; all of ours of Flux's kinds live there. */
export const FLUX_NAMESPACE = "flux-system";
/** Name of the `fluxConfiguration`, and so of the GitRepository that it creates. */
export const FLUX_SOURCE = "fleet";
/** Name of the root kustomization in the `fluxConfiguration`; the object's name is `<FLUX_SOURCE>-<FLUX_ROOT>`. */
export const FLUX_ROOT = "root";
/** The ConfigMap that hands what the infra program knows to every Flux Kustomization. */
export const CLUSTER_VARS = "cluster-vars";
/** Namespace of the mesh's control plane, AKS's own. */
export const MESH_NAMESPACE = "aks-istio-system";
/** Namespace of the mesh's ingress gateway, AKS's own. */
export const GATEWAY_NAMESPACE = "aks-istio-ingress";

/** Namespace of each add-on that Flux installs. */
export const ADDON_NAMESPACE = {
  "cert-manager": "cert-manager",
  "external-secrets": "external-secrets",
  kiali: "kiali",
  kyverno: "kyverno",
  reloader: "reloader",
} as const satisfies Record<Addon, string>;
/** Name in Key Vault of the secret with which Kiali signs in to Azure Monitor. */
export const KIALI_OAUTH_SECRET = "kiali-oauth-client-secret";

/** A cluster's folder, relative to the repository. */
export function clusterPath(cluster: string): string {
  return `./dist/${cluster}`;
}

/** The folder that Flux's root kustomization applies, relative to the repository. */
export function fluxRootPath(cluster: string): string {
  return `${clusterPath(cluster)}/flux-system`;
}

/** Subject of a federated credential: the service account as Kubernetes writes it into a token. */
export function federatedSubject(identity: Pick<WorkloadIdentity, "namespace" | "serviceAccount">): string {
  return `system:serviceaccount:${identity.namespace}:${identity.serviceAccount}`;
}

/** What of a fleet is in the names of Azure resources. */
export type Named = Pick<Fleet, "name" | "region">;

/** What a cluster's own identities are for, beside those of its workloads. */
export const CLUSTER_IDENTITIES = ["control-plane", "kubelet"] as const;

/** Names of Azure resources, by what they are for. */
export const azureName = {
  commonGroup: (fleet: Named) => `rg-${fleet.name}-common`,
  clusterGroup: (fleet: Named, cluster: string) => `rg-${fleet.name}-${cluster}`,
  cluster: (cluster: string) => `aks-${cluster}`,
  identity: (fleet: Named, cluster: string, identity: string) => `id-${fleet.name}-${cluster}-${identity}`,
  /** The group that AKS creates for a cluster's machines. */
  nodesGroup: (fleet: Named, cluster: string) => `rg-${fleet.name}-${cluster}-nodes`,
  /** The group of a cluster's volume snapshots, which must outlive the cluster's own group. */
  snapshotsGroup: (fleet: Named, cluster: string) => `rg-${fleet.name}-${cluster}-snapshots`,
  /** Name in the private DNS zone of the API servers, so unique in the fleet. */
  apiServer: (fleet: Named, cluster: string) => `${fleet.name}-${cluster}`,
  vnet: (fleet: Named, cluster: string) => `vnet-${fleet.name}-${cluster}`,
  securityGroup: (fleet: Named, cluster: string, subnet: string) => `nsg-${fleet.name}-${cluster}-${subnet}`,
  peering: (from: string, to: string) => `peer-${from}-to-${to}`,
  vnetLink: (fleet: Named, cluster: string) => `link-${fleet.name}-${cluster}`,
  privateEndpoint: (fleet: Fleet, service: string) => `pe-${fleet.name}-${service}`,
  publicAddress: (fleet: Fleet, use: string) => `pip-${fleet.name}-${use}`,
  natGateway: (fleet: Fleet, use: string) => `ng-${fleet.name}-${use}`,
  bastion: (fleet: Fleet) => `bas-${fleet.name}`,
  jumpHost: (fleet: Fleet) => `vm-${fleet.name}-jump`,
  logWorkspace: (fleet: Fleet) => `law-${fleet.name}`,
  monitorWorkspace: (fleet: Fleet) => `mon-${fleet.name}`,
  applicationInsights: (fleet: Fleet) => `appi-${fleet.name}`,
  actionGroup: (fleet: Fleet) => `ag-${fleet.name}`,
  /** Data collection of metrics: at most 44 characters (endpoint), by the name AKS's own tools look for. */
  metricsCollection: (fleet: Named, cluster: string) => `MSProm-${fleet.region}-aks-${cluster}`.slice(0, 44),
  /** Data collection of logs: at most 64 characters, by the name AKS's own tools look for. */
  logsCollection: (fleet: Named, cluster: string) => `MSCI-${fleet.region}-aks-${cluster}`.slice(0, 64),
  ruleGroup: (cluster: string, rules: string) => `${rules}-aks-${cluster}`,
  backupVault: (fleet: Fleet) => `bv-${fleet.name}`,
  /** Unique in all of Azure, as the registry's name is, which it is taken from: at most 24 letters and digits. */
  backupStorage: (fleet: Fleet) => `st${fleet.registry.name.toLowerCase().slice(-22)}`,
  backupContainer: (cluster: string) => `backup-${cluster}`,
  budget: (fleet: Fleet) => `budget-${fleet.name}`,
  powerRole: (fleet: Fleet) => `${fleet.name} cluster power`,
  powerWorkflow: (fleet: Named, cluster: string, action: string) => `logic-${fleet.name}-${cluster}-${action}`,
} as const;

/** Names of subnets in every virtual network that has them. Azure demands the Bastion's. */
export const SUBNETS = { nodes: "snet-nodes", jumpHost: "snet-jump-host", bastion: "AzureBastionSubnet" } as const;

/** The Key Vault's address. */
export function keyVaultUrl(fleet: Fleet): string {
  return `https://${fleet.keyVault.name}.vault.azure.net`;
}

/** The registry's host name, as images name it. */
export function registryHost(fleet: Fleet): string {
  return `${fleet.registry.name}.azurecr.io`;
}

/** Name in Key Vault under which a cluster's ingress certificate is backed up. */
export function certificateBackupName(cluster: string): string {
  return `${cluster}-ingress-tls`;
}

/** What of a cluster's data decides which components it runs. */
export interface ComponentBasis {
  readonly capacity: Pick<Capacity, "nodes" | "night">;
  readonly addons: readonly Addon[];
  readonly mesh?: unknown;
  readonly applications?: readonly unknown[];
}

/** The components that a cluster runs, which follow from its data, in the order of `COMPONENTS`. */
export function componentsOf(cluster: ComponentBasis): readonly ComponentName[] {
  const applications = (cluster.applications ?? []).length > 0;
  const runs: Readonly<Record<ComponentName, boolean>> = {
    namespaces: true,
    "priority-classes": true,
    "storage-classes": true,
    karpenter: cluster.capacity.nodes === "karpenter",
    autoscaler: cluster.capacity.nodes === "autoscaler",
    "cert-manager": cluster.addons.includes("cert-manager"),
    istio: cluster.mesh !== undefined,
    kiali: cluster.addons.includes("kiali"),
    "external-secrets": cluster.addons.includes("external-secrets"),
    kyverno: cluster.addons.includes("kyverno"),
    reloader: cluster.addons.includes("reloader"),
    secrets: applications || cluster.addons.includes("kiali"),
    monitoring: true,
    night: applications && cluster.capacity.night === "drain",
    workloads: applications,
    "flux-system": true,
  };
  return (Object.keys(runs) as ComponentName[]).filter((name) => runs[name]);
}

/** The cluster of that name. Throws if there is none. */
export function clusterOf(fleet: Fleet, name: string): Cluster {
  const found = fleet.clusters.find((cluster) => cluster.name === name);
  if (!found)
    throw new Error(`the fleet has no cluster ${name}; it has ${fleet.clusters.map((c) => c.name).join(", ")}`);
  return found;
}

/** The identities that exist on a cluster. */
export function identitiesOf(fleet: Fleet, cluster: string): readonly WorkloadIdentity[] {
  return fleet.identities.filter((identity) => identity.clusters.includes(cluster));
}
