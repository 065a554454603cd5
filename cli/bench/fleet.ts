import type { Cluster, Fleet, WorkloadIdentity } from "../../clusters/fleet";
import type { Overlay } from "../../clusters/overlay";
import { overlayOf } from "../../clusters/overlays";
import { presetNamed } from "../../clusters/presets";

/** A fleet of any size, and how to find the overlay of each of its clusters. */
export interface SyntheticFleet {
  readonly fleet: Fleet;
  readonly overlayOf: (cluster: string) => Overlay;
}

/** Most clusters that disjoint /20 networks in 10.0.0.0/8 allow. */
const MOST = 4096;

/** The default fleet's clusters repeated in turn under new names, networks and hostnames. Throws on a size that address ranges cannot hold. */
export function syntheticFleet(size: number): SyntheticFleet {
  if (!Number.isInteger(size) || size < 1 || size > MOST)
    throw new Error(`a fleet of ${size} clusters: give a number from 1 to ${MOST}`);
  const model = presetNamed("default");
  const modelOf = (index: number) => model.clusters[index % model.clusters.length] as Cluster;
  const names = Array.from({ length: size }, (_, index) => `c${String(index).padStart(4, "0")}`);
  const identities = model.identities
    .map(
      (identity): WorkloadIdentity => ({
        ...identity,
        clusters: names.filter((_, index) => identity.clusters.includes(modelOf(index).name)),
      }),
    )
    .filter(({ clusters }) => clusters.length > 0);
  const fleet: Fleet = {
    ...model,
    clusters: names.map((name, index) => copy(modelOf(index), name, index)),
    identities,
    keyVault: { ...model.keyVault, secrets: model.keyVault.secrets.filter((secret) => isReadBy(identities, secret)) },
  };
  return {
    fleet,
    overlayOf: (name) => {
      const overlay = overlayOf(modelOf(names.indexOf(name)).name);
      return (context) => {
        const { applications = [], ...rest } = overlay(context);
        return {
          ...rest,
          applications: applications.map((app) => (app.host ? { ...app, host: hostIn(app.host, name) } : app)),
        };
      };
    },
  };
}

/** A fleet without the clusters whose workloads read a secret does not hold it either. */
function isReadBy(identities: readonly WorkloadIdentity[], secret: string): boolean {
  return identities.some(({ roles }) => roles.some((grant) => grant.secret === secret));
}

function copy(cluster: Cluster, name: string, index: number): Cluster {
  const block = `10.${Math.floor(index / 16)}`;
  const third = (index % 16) * 16;
  return {
    ...cluster,
    name,
    network: {
      ...cluster.network,
      vnet: `${block}.${third}.0/20` as Cluster["network"]["vnet"],
      nodes: `${block}.${third}.0/21` as Cluster["network"]["nodes"],
      ...(cluster.network.bastion && { bastion: `${block}.${third + 8}.0/26` as Cluster["network"]["vnet"] }),
      ...(cluster.network.jumpHost && { jumpHost: `${block}.${third + 9}.0/28` as Cluster["network"]["vnet"] }),
    },
    ...(cluster.mesh && {
      mesh: { ...cluster.mesh, ...(cluster.mesh.ingress && { ingress: renamed(cluster.mesh.ingress, name) }) },
    }),
  };
}

function renamed(ingress: NonNullable<NonNullable<Cluster["mesh"]>["ingress"]>, name: string): typeof ingress {
  return {
    ...ingress,
    hosts: Object.fromEntries(Object.entries(ingress.hosts).map(([key, host]) => [key, hostIn(host, name)])),
  };
}

function hostIn(host: string, cluster: string): string {
  return host.replace(".", `-${cluster}.`);
}
