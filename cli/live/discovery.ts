import { type ApiClient, ApiError, groupPath } from "./client";
import { inParallel } from "./together";

/** A kind of object that a server can list and delete. */
export interface ResourceType {
  readonly apiVersion: string;
  readonly group: string;
  readonly kind: string;
  /** Plural, as in addresses. */
  readonly name: string;
  readonly namespaced: boolean;
}

interface Typed {
  readonly type: { readonly kind: string };
}

/** What the metadata of an object say, where a pod is, and what an event is about. */
export interface Held {
  readonly type: ResourceType;
  readonly uid: string;
  readonly name: string;
  readonly namespace?: string;
  /** Who has written fields of it. */
  readonly managers: readonly string[];
  /** Uids of what owns it. */
  readonly owners: readonly string[];
  readonly finalizers: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** Of an event: to whom something has happened, as {@link nameOf} says it. */
  readonly about?: string;
  /** Of a pod: its node, as {@link nameOf} says it. */
  readonly node?: string;
}

/** So many requests at once: many small lists. */
const WIDTH = 8;

/** Of these also the rest is asked for. */
const WHOLE = new Set(["Event", "Pod"]);

/** Answers that have no spec and no data: what is secret in an object stays on the server. */
const METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

/** Answers to a list that only say that there is none: not served, not listable, nobody behind an aggregated API. */
const NONE = new Set([404, 405, 503]);

/** The same events are served by two groups. */
const TWICE = "events.k8s.io";

/**
 * All kinds that a server can list and delete, each in the version that it prefers. An API that is named and does not answer (nobody behind it,
 * or a CRD that was installed a moment ago) is left out; with `complete`, its error is thrown.
 */
export async function resourceTypes(
  client: ApiClient,
  { complete = false }: { readonly complete?: boolean } = {},
): Promise<readonly ResourceType[]> {
  const { groups } = await client.send<{ groups?: { name: string; versions: { groupVersion: string }[] }[] }>({
    method: "GET",
    path: "/apis",
  });
  // The server names the preferred version first.
  const groupsOf = (groups ?? []).filter(({ name }) => name !== TWICE);
  const all = [
    { name: "", versions: ["v1"] },
    ...groupsOf.map(({ name, versions }) => ({ name, versions: versions.map(({ groupVersion }) => groupVersion) })),
  ];
  const served = all.flatMap(({ name, versions }) => versions.map((apiVersion) => ({ group: name, apiVersion })));
  const found = new Map<string, readonly ResourceType[]>();
  await inParallel(served, WIDTH, async ({ group, apiVersion }) => {
    const types = typesIn(client, group, apiVersion);
    found.set(apiVersion, await (complete ? types : types.catch(noneOr)));
  });
  const seen = new Set<string>();
  return served
    .flatMap(({ apiVersion }) => found.get(apiVersion) ?? [])
    .filter(({ group, name }) => !seen.has(`${group}/${name}`) && seen.add(`${group}/${name}`));
}

/** All objects of these kinds. Throws where the server refuses to show some, since nobody could tell then what is new. */
export async function heldOf(client: ApiClient, types: readonly ResourceType[]): Promise<readonly Held[]> {
  const found = new Map<ResourceType, readonly Held[]>();
  await inParallel(types, WIDTH, async (type) => {
    found.set(type, await list(client, type));
  });
  return types.flatMap((type) => found.get(type) ?? []);
}

/** An object in words: `Deployment shop/api`. */
export function nameOf({ type: { kind }, namespace, name }: Pick<Held, "namespace" | "name"> & Typed): string {
  return `${kind} ${namespace ? `${namespace}/` : ""}${name}`;
}

/** Address of an object. */
export function pathOf({ type, namespace, name }: Held): string {
  const scope = namespace ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  return `${groupPath(type.apiVersion)}${scope}/${type.name}/${encodeURIComponent(name)}`;
}

async function typesIn(client: ApiClient, group: string, apiVersion: string): Promise<readonly ResourceType[]> {
  type Served = { name: string; kind: string; namespaced: boolean; verbs?: readonly string[] };
  const { resources } = await client.send<{ resources?: Served[] }>({ method: "GET", path: groupPath(apiVersion) });
  return (resources ?? [])
    .filter(({ name, verbs = [] }) => !name.includes("/") && verbs.includes("list") && verbs.includes("delete"))
    .map(({ name, kind, namespaced }) => ({ apiVersion, group, kind, name, namespaced }));
}

interface Item {
  readonly metadata: {
    readonly uid: string;
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly ownerReferences?: readonly { readonly uid: string }[];
    readonly managedFields?: readonly { readonly manager?: string }[];
  };
  readonly involvedObject?: { readonly kind: string; readonly namespace?: string; readonly name: string };
  readonly spec?: { readonly nodeName?: string };
}

async function list(client: ApiClient, type: ResourceType): Promise<readonly Held[]> {
  const accept = WHOLE.has(type.kind) ? "application/json" : METADATA;
  const path = `${groupPath(type.apiVersion)}/${type.name}`;
  try {
    const { items } = await client.send<{ items?: Item[] }>({ method: "GET", path, accept });
    return (items ?? []).map((item) => heldIn(type, item));
  } catch (error) {
    return noneOr(error);
  }
}

function heldIn(type: ResourceType, { metadata, involvedObject, spec }: Item): Held {
  const { uid, name, namespace, labels = {}, finalizers = [], ownerReferences = [], managedFields = [] } = metadata;
  const about = involvedObject && nameOf({ type: { kind: involvedObject.kind }, ...involvedObject });
  return {
    type,
    uid,
    name,
    ...(namespace && { namespace }),
    managers: [...new Set(managedFields.flatMap(({ manager }) => manager ?? []))].sort(),
    owners: ownerReferences.map((owner) => owner.uid),
    finalizers,
    labels,
    ...(about && { about }),
    ...(spec?.nodeName && { node: nameOf({ type: { kind: "Node" }, name: spec.nodeName }) }),
  };
}

function noneOr(error: unknown): readonly never[] {
  if (error instanceof ApiError && NONE.has(error.status)) return [];
  throw error;
}
