import type { Cluster, Fleet, VmSize } from "../../clusters/fleet";

/**
 * What the program in `infra/` decides beyond the fleet's data, as far as quota and cost depend on it. A test holds this to what that
 * program registers.
 */

/** Machine of the jump host. */
export const JUMP_HOST_SIZE: VmSize = "Standard_B2s";
/** Kind of the Bastion. */
export const BASTION_KIND = "Standard";
/** Share of a pool of Regular machines that an upgrade adds for its time. */
export const SURGE_PERCENT = 33;
/** GiB of the disk that a machine of Karpenter's starts from. */
export const KARPENTER_DISK_GIB = 128;

/** What a fleet has once, beside its clusters. */
export interface SharedSide {
  readonly bastion: boolean;
  readonly jumpHost: boolean;
  /** Public addresses: of the Bastion, and of the jump host's way out. */
  readonly publicAddresses: number;
  /** What is reached by a private endpoint. */
  readonly privateEndpoints: readonly string[];
  /** Private DNS zones. */
  readonly privateZones: number;
  /** GB that may be logged in a day. */
  readonly dailyLogsGb: number;
}

/** What a cluster has in Azure beside its machines. */
export interface ClusterSide {
  /** Public addresses: the way out, and the ingress gateway's. */
  readonly publicAddresses: number;
  /** Private endpoints that AKS makes for the API server. */
  readonly privateEndpoints: number;
}

/** What a fleet has once. */
export function sharedSide(fleet: Fleet): SharedSide {
  const bastion = fleet.clusters.some(({ network }) => network.bastion);
  const jumpHost = fleet.clusters.some(({ network }) => network.jumpHost);
  const privateEndpoints = ["key-vault", "blob", ...(fleet.registry.sku === "Premium" ? ["registry"] : [])];
  return {
    bastion,
    jumpHost,
    publicAddresses: Number(bastion) + Number(jumpHost),
    privateEndpoints,
    privateZones: privateEndpoints.length + Number(fleet.api.access === "private"),
    dailyLogsGb: fleet.tier === "Free" ? 1 : 2 * fleet.clusters.length,
  };
}

/** What a cluster has beside its machines. */
export function clusterSide(fleet: Fleet, { mesh }: Cluster): ClusterSide {
  return { publicAddresses: mesh?.ingress ? 2 : 1, privateEndpoints: fleet.api.access === "private" ? 1 : 0 };
}
