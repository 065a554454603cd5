import type { KubernetesObject } from "../../../base/object";
import type { Plane } from "../../../cli/live/plane";
import type { Live } from "../../../cli/live/up";
import { until } from "../../../cli/live/wait";
import { clusterOf, componentsOf } from "../../../clusters/fleet";
import { FULL } from "../place";

/** Clusters that run Kyverno and are up; one of them in a bounded run, as all have the same policies. */
export function guarded({ fleet, planes }: Live): readonly Plane[] {
  const all = planes.filter(({ name }) => componentsOf(clusterOf(fleet, name)).includes("kyverno"));
  if (all.length === 0) throw new Error("no cluster with Kyverno is up; LIVE_CLUSTERS leaves them all out");
  return FULL ? all : all.slice(0, 1);
}

/** Namespaces that the fleet gives to teams of a cluster. */
export function teamsOf({ fleet }: Live, cluster: string): readonly string[] {
  return (clusterOf(fleet, cluster).applications ?? []).map(({ namespace }) => namespace);
}

/** Makes a namespace that no label guards, unless it is there. Returns whether it was made. */
export async function addNamespace({ client }: Plane, name: string): Promise<boolean> {
  if (await client.get("v1", "Namespace", name)) return false;
  await client.create(namespace(name));
  // Pods are refused until the namespace has its account.
  await until(`the account of ${name}`, () => client.get("v1", "ServiceAccount", "default", name));
  return true;
}

/** Removes a namespace with all that is in it. */
export async function dropNamespace({ client }: Plane, name: string): Promise<void> {
  await client.remove(namespace(name));
  await until(`the end of ${name}`, async () => (await client.get("v1", "Namespace", name)) === undefined);
}

function namespace(name: string): KubernetesObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}
