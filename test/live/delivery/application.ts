import type { Plane } from "../../../cli/live/plane";
import type { Live } from "../../../cli/live/up";
import { clusterOf } from "../../../clusters/fleet";
import { planeOf } from "../rig";

/** The application of a cluster that these tests change. */
export interface Application {
  readonly plane: Plane;
  /** Its namespace, and the name of its stable Deployment. */
  readonly name: string;
  /** The component that delivers it. */
  readonly component: string;
  /** Folder of that component in the repository. */
  readonly folder: string;
  /** File of its Deployment in the repository. */
  readonly deployment: string;
  /** File of its NetworkPolicy: an object that is healthy as soon as it is there. */
  readonly policy: string;
}

/** The application of a cluster. Throws where the cluster is not up or has none. */
export function applicationOn(live: Live, cluster: string): Application {
  const plane = planeOf(live, cluster);
  const name = clusterOf(live.fleet, cluster).applications?.[0]?.namespace;
  if (!name) throw new Error(`${cluster} has no application in this fleet`);
  const component = `workloads-${name}`;
  const folder = `dist/${cluster}/${component}`;
  const file = (kind: string) => `${folder}/${kind}.${name}.${name}.yaml`;
  return { plane, name, component, folder, deployment: file("deployment"), policy: file("networkpolicy") };
}

/** Names of the fleet's clusters with an application, as far as they are up. */
export function applicationClusters(live: Live): readonly string[] {
  return live.planes
    .map(({ name }) => name)
    .filter((name) => (clusterOf(live.fleet, name).applications ?? []).length > 0);
}
