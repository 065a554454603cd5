import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesObject } from "../../../base/object";
import type { ApiClient } from "../../../cli/live/client";
import { portable } from "../../../cli/live/credentials";
import { type Held, heldOf, nameOf, resourceTypes } from "../../../cli/live/discovery";
import { type Plane, startPlane } from "../../../cli/live/plane";
import { findPrograms } from "../../../cli/live/programs";
import { createState, type StateFolder, save } from "../../../cli/live/state";
import { until } from "../../../cli/live/wait";
import { ROOT } from "../place";

/** Who is at work on the cluster beside the rig. */
const MANAGER = "somebody";

const CRD = "things.somebody.example.com";

/** Somebody's objects, in the order in which they can be made. */
const THEIRS: readonly KubernetesObject[] = [
  space("somebody"),
  map("theirs", "default"),
  map("theirs", "kube-system"),
  map("theirs", "somebody"),
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "theirs" } },
  thing(),
  node("real"),
  podOn("real"),
  agent(),
];

/** What they make while the rig is up. */
const MEANWHILE = [space("meanwhile"), map("meanwhile", "meanwhile"), map("meanwhile", "default")];

/** Starts a bare cluster in a folder of its own, with somebody's objects on it. */
export async function somebodysCluster(state: StateFolder, name: string): Promise<Plane> {
  createState(state);
  const parts = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"] as const;
  const plane = await startPlane(state, name, await findPrograms(parts, { root: ROOT, note: () => {} }));
  for (const object of THEIRS) {
    await until(`${object.kind} ${object.metadata.name}`, () => put(plane.client, object));
  }
  await until("what the cluster itself makes", () => isFurnished(plane.client));
  return plane;
}

/** Makes what they make meanwhile, and tells it from all others by a part of its name. */
export async function worksMeanwhile({ client }: Plane): Promise<string> {
  for (const object of MEANWHILE) await put(client, object);
  await until("what the cluster itself makes", () => isFurnished(client));
  return "meanwhile";
}

/** Writes a kubeconfig with one context for the cluster, and returns its path. */
export function kubeconfigFor(plane: Plane, context: string): string {
  mkdirSync(join(plane.folder, "theirs"), { recursive: true });
  const file = join(plane.folder, "theirs", "config");
  save(file, portable(context, plane.client.access));
  return file;
}

/** All objects but events and the API server's own lease, which the cluster makes and forgets by itself: uid by name. */
export async function objectsOn({ client }: Plane): Promise<Readonly<Record<string, string>>> {
  const held = await heldOf(client, await resourceTypes(client));
  const named = ({ type, ...rest }: Held) => `${type.group} ${nameOf({ type, ...rest })}`;
  const lasting = held.filter(
    ({ type, labels }) => type.kind !== "Event" && !("apiserver.kubernetes.io/identity" in labels),
  );
  return Object.fromEntries(lasting.map((each) => [named(each), each.uid]));
}

/** What events are about. */
export async function eventsOn({ client }: Plane): Promise<readonly string[]> {
  const events = (await resourceTypes(client)).filter(({ kind }) => kind === "Event");
  return (await heldOf(client, events)).map(({ about = "" }) => about);
}

/** Somebody's own objects as they are now, but for what the cluster's controllers write into them. */
export async function theirsOn({ client }: Plane): Promise<readonly unknown[]> {
  const still = THEIRS.filter(({ kind }) => !["Node", "Pod", "DaemonSet"].includes(kind));
  return Promise.all(
    still.map(({ apiVersion, kind, metadata }) => client.get(apiVersion, kind, metadata.name, metadata.namespace)),
  );
}

function put(client: ApiClient, object: KubernetesObject) {
  return client.apply(object, { manager: MANAGER });
}

/** Every namespace has what controllers make for it. */
async function isFurnished(client: ApiClient): Promise<boolean> {
  const count = async (kind: string, name: string) =>
    (await client.list("v1", kind)).filter(({ metadata }) => metadata.name === name).length;
  const spaces = (await client.list("v1", "Namespace")).length;
  const crd = await client.list("apiregistration.k8s.io/v1", "APIService");
  return (
    (await count("ServiceAccount", "default")) === spaces &&
    (await count("ConfigMap", "kube-root-ca.crt")) === spaces &&
    crd.some(({ metadata }) => metadata.name === "v1.somebody.example.com") &&
    (await client.list("v1", "Pod", "kube-system", "app=agent")).length > 0
  );
}

function space(name: string): KubernetesObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}

function map(name: string, namespace: string): KubernetesObject {
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace }, data: { a: "b" } };
  return object;
}

function thing(): KubernetesObject {
  const schema = { openAPIV3Schema: { type: "object" } };
  const object = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: CRD },
    spec: {
      group: "somebody.example.com",
      scope: "Cluster",
      names: { plural: "things", singular: "thing", kind: "Thing", listKind: "ThingList" },
      versions: [{ name: "v1", served: true, storage: true, schema }],
    },
  };
  return object;
}

/** A node as a kubelet would have made it. */
function node(name: string): KubernetesObject {
  return { apiVersion: "v1", kind: "Node", metadata: { name, labels: { "kubernetes.io/hostname": name } } };
}

/** What runs on every node, as kube-proxy and the network do: also on those of the rig, while they are there. */
function agent(): KubernetesObject {
  const labels = { app: "agent" };
  const containers = [{ name: "agent", image: "example.com/agent:1" }];
  const object = {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "agent", namespace: "kube-system" },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { tolerations: [{ operator: "Exists" }], containers } },
    },
  };
  return object;
}

function podOn(name: string): KubernetesObject {
  const object = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "theirs", namespace: "somebody" },
    spec: { nodeName: name, containers: [{ name: "theirs", image: "example.com/theirs:1" }] },
  };
  return object;
}
