import type { KUBERNETES_VERSIONS, MESH_REVISIONS } from "../versions";
import type { REGIONS, VM_SIZES } from "./azure";

/** An IPv4 range in CIDR notation, for example `10.1.0.0/16`. */
export type Cidr = `${number}.${number}.${number}.${number}/${number}`;
/** An Azure availability zone. */
export type Zone = "1" | "2" | "3";
/** An Azure region this platform knows (`model/azure.ts`). */
export type Region = keyof typeof REGIONS;
/** An Azure VM size this platform knows (`model/azure.ts`). */
export type VmSize = keyof typeof VM_SIZES;
/** A Kubernetes minor version that is pinned (`versions.ts`). */
export type KubernetesVersion = keyof typeof KUBERNETES_VERSIONS;
/** A revision of the AKS service mesh (`versions.ts`). */
export type MeshRevision = keyof typeof MESH_REVISIONS;
/** A day of the week, as KEDA cron and Azure schedules order them. */
export type Weekday = "Mon" | "Tue" | "Wed" | "Thu" | "Fri" | "Sat" | "Sun";

/** What a cluster runs beyond what its data implies; each is installed by a Helm chart. */
export const ADDONS = ["cert-manager", "external-secrets", "kiali", "kyverno", "reloader"] as const;
/** One of {@link ADDONS}. */
export type Addon = (typeof ADDONS)[number];

/** A platform component of a cluster: an add-on, or what its data implies (`componentsOf`). */
export const COMPONENTS = [
  "namespaces",
  "priority-classes",
  "storage-classes",
  "karpenter",
  "autoscaler",
  "cert-manager",
  "istio",
  "kiali",
  "external-secrets",
  "kyverno",
  "reloader",
  "secrets",
  "monitoring",
  "night",
  "workloads",
  "flux-system",
] as const;
/** One of {@link COMPONENTS}. */
export type ComponentName = (typeof COMPONENTS)[number];

/** The clusters of a company and all they share: the one description that both programs read. */
export interface Fleet<Name extends string = string> {
  /** Prefix of every Azure resource name, for example `k8s-demo` in `rg-k8s-demo-common`. Lower-case letters, digits, dashes. */
  readonly name: string;
  /** The Azure region everything is in. */
  readonly region: Region;
  /** IANA time zone of night schedules, for example `Asia/Seoul`. */
  readonly timeZone: string;
  /** The public DNS zone; every hostname lies in it. */
  readonly domain: string;
  /** Who is told about expiring certificates and spent budgets. */
  readonly email: string;
  /** Kubernetes minor version of every cluster. */
  readonly kubernetes: KubernetesVersion;
  /** AKS pricing tier: Free has no SLA, Standard has, Premium adds long-term support. */
  readonly tier: "Free" | "Standard" | "Premium";
  /** Revision of the AKS service mesh on every cluster that has one. */
  readonly meshRevision: MeshRevision;
  /** How the API servers are reached. */
  readonly api: ApiAccess;
  /** The repository that Flux pulls. */
  readonly git: GitSource;
  /** One registry that carries every Helm chart instead of each project's own. @default each project's own registry */
  readonly chartMirror?: ChartMirror;
  /** The one Key Vault, and the names of what is kept in it. */
  readonly keyVault: KeyVault;
  /** The one container registry. */
  readonly registry: Registry;
  /** What the fleet may cost. */
  readonly budget: Budget;
  /** The clusters; the first one that has a Bastion subnet holds the way in. */
  readonly clusters: readonly Cluster<Name>[];
  /** Every workload that acts in Azure as somebody, by workload identity federation; on clusters that are named above. */
  readonly identities: readonly WorkloadIdentity<NoInfer<Name>>[];
}

/** Private API servers behind Bastion, or public ones that only listed addresses reach. */
export type ApiAccess =
  | { readonly access: "private" }
  | {
      readonly access: "public";
      /** Addresses that may reach the API servers. */
      readonly authorizedRanges: readonly Cidr[];
    };

/** Where Flux pulls from. */
export interface GitSource {
  /** `https://…` for a public repository, `ssh://git@host/path` for a deploy key. */
  readonly url: string;
  /** Branch whose newest commit is deployed. */
  readonly branch: string;
  /** Seconds between two looks at the repository. @default 60 */
  readonly intervalSeconds?: number;
}

/** A registry that mirrors every chart as `<url>/<chart name>`. */
export interface ChartMirror {
  /** For example `oci://registry.example.com/charts`. */
  readonly url: `oci://${string}`;
  /** Plain http, for a registry on loopback. @default false */
  readonly insecure?: boolean;
}

/** The Key Vault and what it holds. */
export interface KeyVault {
  /** Globally unique, 3 to 24 letters, digits and dashes; stays taken for up to 90 days after deletion. */
  readonly name: string;
  /** Names of the secrets that people put in by hand; what manifests read must be in this list. */
  readonly secrets: readonly string[];
}

/** The container registry. */
export interface Registry {
  /** Globally unique, 5 to 50 letters and digits. */
  readonly name: string;
  /** Premium is needed for a private endpoint. */
  readonly sku: "Basic" | "Standard" | "Premium";
}

/** The monthly budget. */
export interface Budget {
  /** US dollars in a month. */
  readonly monthlyUsd: number;
}

/** One AKS cluster. */
export interface Cluster<Name extends string = string> {
  /** Short name of lower-case letters, digits and dashes: `mgmt` is `aks-mgmt` in Azure and `dist/mgmt` here; its overlay is `clusters/mgmt.ts`. */
  readonly name: Name;
  /** Availability zones of its nodes. An empty list means no zones. */
  readonly zones: readonly Zone[];
  /** Its address ranges. */
  readonly network: ClusterNetwork;
  /** Node pools of Regular (never Spot) machines that AKS manages. */
  readonly pools: {
    /** Runs what the cluster itself needs, and the platform's controllers. */
    readonly system: FixedPool;
    /** Preferred by the mesh's ingress gateway. @default the gateway runs on the system pool */
    readonly ingress?: FixedPool;
  };
  /** Where application nodes come from, and what happens to them at night. */
  readonly capacity: Capacity;
  /** The service mesh and its gateway. @default no mesh */
  readonly mesh?: Mesh;
  /** Add-ons that Flux installs. */
  readonly addons: readonly Addon[];
  /** Namespaces of application teams. @default none */
  readonly applications?: readonly ApplicationNamespace[];
}

/** The address ranges of one cluster; none may overlap another of the fleet, but for pods and services of different clusters. */
export interface ClusterNetwork {
  /** The cluster's virtual network. */
  readonly vnet: Cidr;
  /** Subnet of the nodes, inside `vnet`. */
  readonly nodes: Cidr;
  /** Overlay range of the pods, not routable outside. */
  readonly pods: Cidr;
  /** Range of ClusterIP services, not routable outside. */
  readonly services: Cidr;
  /** Address of the cluster's DNS, inside `services`. */
  readonly dnsServiceIp: string;
  /** Subnet for Azure Bastion, inside `vnet`, at least /26. @default no Bastion in this network */
  readonly bastion?: Cidr;
  /** Subnet of the jump host, inside `vnet`. @default no jump host in this network */
  readonly jumpHost?: Cidr;
}

/** A node pool of a fixed number of Regular machines. */
export interface FixedPool {
  /** 1 to 12 lower-case letters and digits, a letter first (AKS). */
  readonly name: string;
  /** Machine size. */
  readonly vmSize: VmSize;
  /** Number of nodes. */
  readonly count: number;
}

/**
 * Where application nodes come from. A cluster with node auto-provisioning (Karpenter) cannot be stopped,
 * so its nights are a drain; one with autoscaled pools can be stopped whole.
 * Source: learn.microsoft.com/azure/aks/node-auto-provisioning, limitations.
 */
export type Capacity =
  | {
      readonly nodes: "karpenter";
      readonly night: "drain";
      readonly schedule: NightSchedule;
      readonly spot: KarpenterPool;
      /** A second NodePool of Regular machines, used only when no Spot capacity is left. @default false */
      readonly onDemandFallback?: boolean;
    }
  | {
      readonly nodes: "autoscaler";
      readonly night: "stop";
      readonly schedule: NightSchedule;
      readonly spot: AutoscaledPool;
      /** A second pool of Regular machines, used only when no Spot capacity is left. @default no fallback */
      readonly onDemandFallback?: AutoscaledPool;
    };

/** When a cluster works; outside these hours it drains or stops. */
export interface NightSchedule {
  /** Start of the working day, `HH:MM` in the fleet's time zone. */
  readonly start: string;
  /** End of the working day, `HH:MM` in the fleet's time zone, later than `start`. */
  readonly end: string;
  /** Working days. */
  readonly days: readonly Weekday[];
}

/** What Karpenter may create. */
export interface KarpenterPool {
  /** VM families, for example `D`. */
  readonly families: readonly string[];
  /** Largest machine, in vCPU. */
  readonly maxCpuPerNode: number;
  /**
   * Most that all nodes together may have: vCPU, and GiB of memory. Karpenter counts a node that it plans at the largest size it may get, so
   * that nodes of one burst fit when there is `maxCpuPerNode` for each; where there is an on-demand fallback, others spill over to it.
   */
  readonly limits: { readonly cpu: number; readonly memoryGiB: number };
}

/** A node pool that the cluster autoscaler sizes. */
export interface AutoscaledPool {
  /** 1 to 12 lower-case letters and digits, a letter first (AKS). */
  readonly name: string;
  /** Machine size. */
  readonly vmSize: VmSize;
  /** Fewest nodes. */
  readonly min: number;
  /** Most nodes. */
  readonly max: number;
}

/** The AKS service mesh on one cluster. */
export interface Mesh {
  /** The managed ingress gateway. @default no gateway */
  readonly ingress?: {
    /** The wildcard certificate is for `*.<domain>`; equal to the fleet's DNS zone or below it. */
    readonly domain: string;
    /** Hostnames that the gateway answers to, by what answers: one label below `domain`. */
    readonly hosts: Readonly<Record<string, string>>;
  };
}

/** A namespace for one application team. */
export interface ApplicationNamespace {
  /** Name of the namespace. */
  readonly namespace: string;
  /** Whether its pods get the mesh's sidecar. */
  readonly meshed: boolean;
  /** What all its pods together may request: vCPU, GiB of memory, number of pods. */
  readonly quota: { readonly cpu: number; readonly memoryGiB: number; readonly pods: number };
}

/** What an identity may do, and where. */
export interface RoleGrant {
  /** Azure built-in role. */
  readonly role:
    | "DNS Zone Contributor"
    | "Key Vault Secrets Officer"
    | "Key Vault Secrets User"
    | "Monitoring Data Reader";
  /** What the role is granted on. A Key Vault Secrets User grant is narrowed to the named secret by `secret`. */
  readonly on: "dns-zone" | "key-vault" | "monitor-workspace";
  /** Name of one Key Vault secret that the grant is narrowed to. @default the whole vault */
  readonly secret?: string;
}

/** One workload that acts in Azure; one managed identity for each cluster it runs on. */
export interface WorkloadIdentity<Name extends string = string> {
  /** Name, also the stem of its variable: `cert-manager` is `${CERT_MANAGER_CLIENT_ID}` in the manifests. */
  readonly name: string;
  /** The component it belongs to; every cluster of `clusters` must run it. */
  readonly component: ComponentName;
  /** Clusters where it exists. */
  readonly clusters: readonly Name[];
  /** Namespace of its service account. */
  readonly namespace: string;
  /** Its service account. */
  readonly serviceAccount: string;
  /** What it may do in Azure. */
  readonly roles: readonly RoleGrant[];
}
