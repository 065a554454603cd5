import { ApiError, type LiveObject } from "../../../cli/live/client";
import type { Plane } from "../../../cli/live/plane";

/** A plane whose server is a list of objects that a test changes; anything else that is asked of it is a mistake. */
export function fakePlane(name: string, objects: () => readonly LiveObject[]): Plane {
  const client = {
    list: async (apiVersion: string, kind: string, namespace?: string) =>
      objects().filter(
        (each) =>
          each.apiVersion === apiVersion &&
          each.kind === kind &&
          (namespace === undefined || each.metadata.namespace === namespace),
      ),
    get: async (apiVersion: string, kind: string, object: string, namespace?: string) =>
      objects().find(
        (each) =>
          each.apiVersion === apiVersion &&
          each.kind === kind &&
          each.metadata.name === object &&
          each.metadata.namespace === namespace,
      ),
  };
  return { name, folder: "/nowhere", kubeconfig: "/nowhere/kubeconfig", client } as unknown as Plane;
}

/** A server that does not answer. */
export function deadPlane(name: string): Plane {
  return fakePlane(name, () => {
    throw new ApiError(0, "Gone", "connection refused");
  });
}

/** What a Flux Kustomization says of itself. */
export interface Said {
  readonly ready?: boolean;
  readonly revision?: string;
  readonly message?: string;
  readonly generation?: number;
  readonly observed?: number;
  readonly objects?: readonly string[];
}

/** A Flux Kustomization as the server has it. */
export function kustomization(name: string, said?: Said): LiveObject {
  const {
    ready = true,
    revision = "abc1234",
    message = "Applied",
    generation = 1,
    observed = 1,
    objects = [],
  } = said ?? {};
  const revisionOf = `main@sha1:${revision}`;
  return {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name, namespace: "flux-system", generation },
    status: said && {
      observedGeneration: observed,
      lastAppliedRevision: revisionOf,
      lastAttemptedRevision: revisionOf,
      conditions: [
        { type: "Reconciling", status: "True", message: "x", lastTransitionTime: "2026-01-01T00:00:00Z" },
        { type: "Ready", status: ready ? "True" : "False", message, lastTransitionTime: "2026-01-01T00:00:01Z" },
      ],
      inventory: { entries: objects.map((id) => ({ id, v: "v1" })) },
    },
  } as LiveObject;
}
