import type { ApiClient } from "./client";
import { ApiError } from "./client";
import { type Held, heldOf, pathOf, resourceTypes } from "./discovery";
import { isAutomatic, isCrd, isCustom, named, type Origin, oursIn } from "./ours";
import { inParallel } from "./together";
import { until } from "./wait";

/** What was on a cluster before the rig put anything there. */
export interface Before {
  /** Uid of the cluster's first namespace, by which it is told from another at the same address. */
  readonly cluster: string;
  /** Uids of all objects. */
  readonly objects: readonly string[];
}

/** Milliseconds; a namespace with much in it takes a while, and a busy machine is slow. */
const PATIENCE = 300_000;

/** What asks others about every request: whom it would ask may have ended, so that it goes first. */
const GATES = new Set(["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"]);

/** Records what is on a cluster. Throws where the server does not show all of it. */
export async function recordBefore(client: ApiClient): Promise<Before> {
  const held = await heldOf(client, await resourceTypes(client));
  return { cluster: await identityOf(client), objects: held.map(({ uid }) => uid) };
}

/**
 * Removes what has come to a cluster since by the rig's doing, and only that; see `oursIn`. Returns how many objects that were. Whatever makes
 * objects or waits for their finalizers must have ended. Throws when another cluster is at the address, or with what is left when it takes too long.
 */
export async function removeTraces(
  client: ApiClient,
  before: Before,
  { timeout = PATIENCE, interval = 1000, ...marks }: RemoveOptions,
): Promise<number> {
  if ((await identityOf(client)) !== before.cluster) throw new OtherCluster("another cluster is there now");
  const types = await resourceTypes(client);
  const origin: Origin = { before: new Set(before.objects), ...marks };
  const known = new Set<string>();
  const gone = new Set<string>();
  const refused = new Map<string, string>();
  let left: readonly Held[] = [];
  const look = async () => {
    left = oursIn(await heldOf(client, types), origin, known);
    for (const { uid } of left) gone.add(uid);
    const crds = new Set(left.filter(isCrd).map(({ name }) => name));
    const isAlone = (object: Held) => isCustom(object, crds) || isUnattended(object, origin);
    await inParallel(turnOf(left, isAlone), 8, async (object) => {
      try {
        await remove(client, object, isAlone(object));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        // One that is gone, or changes just now, is looked at again.
        if (![404, 409].includes(error.status)) refused.set(object.uid, error.message);
      }
    });
    return left.length === 0;
  };
  const explain = () => {
    const words = left.flatMap(({ uid }) => refused.get(uid) ?? []);
    return [`${left.length} objects are left:`, ...named(left), ...new Set(words)].join("\n  ");
  };
  await until("removal of what was put there", look, { timeout, interval, explain });
  return gone.size;
}

/** How traces are removed. */
export interface RemoveOptions extends Pick<Origin, "given" | "managers"> {
  /** Milliseconds. @default 5 min */
  readonly timeout?: number;
  /** Milliseconds between two rounds. @default 1 s */
  readonly interval?: number;
}

/** At the address is a cluster that the rig was never on. */
export class OtherCluster extends Error {}

/**
 * What is removed in this round: first what would be asked about the rest, last the CRDs, whose objects could not be changed any more. The
 * cluster itself empties namespaces, all but what nobody is there to end.
 */
export function turnOf(left: readonly Held[], isAlone: (object: Held) => boolean): readonly Held[] {
  const gates = left.filter((object) => GATES.has(object.type.kind) || isRemoteApi(object));
  if (gates.length > 0) return gates;
  const others = left.filter((object) => !isCrd(object) && !isAutomatic(object));
  if (others.length === 0) return left.filter(isCrd);
  const spaces = new Set(others.filter(({ type }) => type.kind === "Namespace").map(({ name }) => name));
  return others.filter(
    (object) =>
      object.namespace === undefined ||
      !spaces.has(object.namespace) ||
      (isAlone(object) && (object.type.kind === "Pod" || object.finalizers.length > 0)),
  );
}

function isRemoteApi(object: Held): boolean {
  return object.type.kind === "APIService" && !isAutomatic(object);
}

/** Whether no kubelet ends a pod: it is on a node of the rig's. One on a real node ends with the time that it has for it. */
function isUnattended({ node }: Held, { given }: Origin): boolean {
  return node !== undefined && given.has(node);
}

/** Removes exactly that object, not one of the same name that has come meanwhile; at once and for good where nobody else would end it. */
async function remove(client: ApiClient, object: Held, isAlone: boolean): Promise<void> {
  const path = pathOf(object);
  const { uid, finalizers, type } = object;
  if (isAlone && finalizers.length > 0) {
    const body = { metadata: { uid, finalizers: null } };
    await client.send({ method: "PATCH", path, body, contentType: "application/merge-patch+json" });
  }
  const options = {
    apiVersion: "v1",
    kind: "DeleteOptions",
    preconditions: { uid },
    propagationPolicy: "Background",
    ...(isAlone && type.kind === "Pod" && { gracePeriodSeconds: 0 }),
  };
  await client.send({ method: "DELETE", path, body: options });
}

async function identityOf(client: ApiClient): Promise<string> {
  const { metadata } = await client.send({ method: "GET", path: "/api/v1/namespaces/kube-system" });
  return metadata.uid ?? "";
}
