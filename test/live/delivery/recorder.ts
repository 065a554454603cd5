import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { LiveObject, WatchEvent } from "../../../cli/live/client";
import type { Plane } from "../../../cli/live/plane";
import { nameOf } from "./objects";

/** A kind of objects. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * Watches objects from before the first of them, and keeps when each was first applied by Flux and when it first was Ready. The
 * moments are resource versions: etcd counts every write to a cluster with one counter, so that they tell the order exactly.
 */
export class Recorder {
  /** When Flux's kustomize-controller first wrote an object, by its name. */
  readonly applied = new Map<string, number>();
  /** When an object was Ready for the first time, by its name. */
  readonly ready = new Map<string, number>();
  private readonly end = new AbortController();

  constructor(private readonly plane: Plane) {}

  /** Begins to watch kinds; those that the server does not know yet, as soon as it does. */
  start(kinds: readonly Kind[]): void {
    setMaxListeners(0, this.end.signal);
    for (const kind of kinds) void this.follow(kind);
  }

  /** Ends all watches. */
  stop(): void {
    this.end.abort();
  }

  private async follow({ apiVersion, kind }: Kind): Promise<void> {
    const { signal } = this.end;
    while (!signal.aborted) {
      await this.plane.client
        .watch(apiVersion, kind, (event) => this.note(event, apiVersion, kind), { signal })
        .catch(() => {});
      await sleep(100, undefined, { signal }).catch(() => {});
    }
  }

  private note({ type, object }: WatchEvent, apiVersion: string, kind: string): void {
    if (type !== "ADDED" && type !== "MODIFIED") return;
    const name = nameOf({ kind, metadata: object.metadata });
    const moment = Number(object.metadata.resourceVersion);
    if (isApplied(object) && !this.applied.has(name)) this.applied.set(name, moment);
    if (isReady({ ...object, apiVersion, kind }) && !this.ready.has(name)) this.ready.set(name, moment);
  }
}

function isApplied({ metadata }: LiveObject): boolean {
  const { managedFields = [] } = metadata as { managedFields?: readonly { readonly manager?: string }[] };
  return managedFields.some(({ manager }) => manager === "kustomize-controller");
}

function isReady({ metadata, status }: LiveObject): boolean {
  const { conditions = [], observedGeneration } = (status ?? {}) as {
    conditions?: readonly { readonly type: string; readonly status: string }[];
    observedGeneration?: number;
  };
  const isTrue = conditions.some((each) => each.type === "Ready" && each.status === "True");
  return isTrue && (observedGeneration ?? metadata.generation) === metadata.generation;
}
