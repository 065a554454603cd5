import { setTimeout as wait } from "node:timers/promises";
import type { Properties } from "./value";

/** A resource that exists in the stand-in. */
export interface CloudResource {
  readonly id: string;
  /** Type token, for example `azure-native:network:VirtualNetwork`. */
  readonly token: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** A creation that is to fail. */
export interface Failure {
  /** Which creation from now on, counted from 1. */
  readonly create: number;
  /** Whether Azure keeps what it has made, as it does when the work after the request fails. @default false */
  readonly partial?: boolean;
}

/** What exists in the stand-in. Ids differ neither by case nor by a slash at the end, as in Azure. */
export interface Cloud {
  readonly resources: () => readonly CloudResource[];
  readonly get: (id: string) => CloudResource | undefined;
  readonly put: (resource: CloudResource) => void;
  /** How often a resource of that id was deleted before: a new one has other keys and ids inside. */
  readonly generation: (id: string) => number;
  /** Deletes a resource and, as Azure does, all below it. */
  readonly remove: (id: string) => void;
  /** Arranges for a creation to fail; `undefined` calls it off. */
  readonly arrange: (failure: Failure | undefined) => void;
  /** Counts a creation; returns the arranged failure when it is this one's turn. */
  readonly turn: () => Failure | undefined;
  /** Number of creations since a failure was last arranged or called off. */
  readonly created: () => number;
  /** Runs work that excludes other work of the same name; returns `undefined` when such work is under way. */
  readonly exclusively: (name: string, work: () => void) => Promise<true | undefined>;
  /** All that exists, as text that {@link Cloud.restore} takes. */
  readonly snapshot: () => string;
  readonly restore: (snapshot: string) => void;
}

/** How long a request takes: enough for requests at the same time to meet. */
const LATENCY_MS = 2;

/** An empty Azure in memory. */
export function createCloud(): Cloud {
  const stored = new Map<string, CloudResource>();
  const deleted = new Map<string, number>();
  const busy = new Set<string>();
  let failure: Failure | undefined;
  let created = 0;
  return {
    resources: () => [...stored.values()],
    get: (id) => stored.get(keyOf(id)),
    put: (resource) => void stored.set(keyOf(resource.id), resource),
    generation: (id) => deleted.get(keyOf(id)) ?? 0,
    remove: (id) => {
      for (const key of stored.keys()) {
        if (key !== keyOf(id) && !key.startsWith(`${keyOf(id)}/`)) continue;
        stored.delete(key);
        deleted.set(key, (deleted.get(key) ?? 0) + 1);
      }
    },
    arrange: (next) => {
      failure = next;
      created = 0;
    },
    turn: () => {
      created += 1;
      return failure?.create === created ? failure : undefined;
    },
    created: () => created,
    exclusively: async (name, work) => {
      if (busy.has(name)) return undefined;
      busy.add(name);
      try {
        await wait(LATENCY_MS);
        work();
        return true;
      } finally {
        busy.delete(name);
      }
    },
    snapshot: () => JSON.stringify({ resources: [...stored.values()], deleted: [...deleted] }),
    restore: (snapshot) => {
      const kept = JSON.parse(snapshot) as { resources: CloudResource[]; deleted: [string, number][] };
      stored.clear();
      for (const resource of kept.resources) stored.set(keyOf(resource.id), resource);
      deleted.clear();
      for (const [key, count] of kept.deleted) deleted.set(key, count);
    },
  };
}

function keyOf(id: string): string {
  return id.toLowerCase().replace(/\/$/, "");
}
