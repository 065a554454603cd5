import type { LiveObject } from "../../../cli/live/client";
import { type Delivered, deliveredOne, reconcileNow } from "../../../cli/live/flux";
import type { Plane } from "../../../cli/live/plane";
import { until } from "../../../cli/live/wait";
import { FLUX_NAMESPACE, FLUX_ROOT, FLUX_SOURCE } from "../../../clusters/fleet";

/** Flux's API of Kustomizations. */
export const KUSTOMIZE = "kustomize.toolkit.fluxcd.io/v1";
/** Flux's API of HelmReleases. */
export const HELM = "helm.toolkit.fluxcd.io/v2";

/** What Flux says about a component. */
export async function stateOf(plane: Plane, component: string): Promise<Delivered> {
  const found = await deliveredOne(plane, component);
  if (!found) throw new Error(`${plane.name} has no component ${component}`);
  return found;
}

/** Has Flux look at a component, or at `root`, and waits until it has done so and everything is as it should be. */
export function reconciled(plane: Plane, component: string): Promise<LiveObject> {
  return handled(
    plane,
    KUSTOMIZE,
    "Kustomization",
    component === FLUX_ROOT ? `${FLUX_SOURCE}-${FLUX_ROOT}` : component,
  );
}

/** Has Flux look at a release of a chart, and waits until it has done so and everything is as it should be. */
export function released(plane: Plane, release: string): Promise<LiveObject> {
  return handled(plane, HELM, "HelmRelease", release);
}

async function handled(plane: Plane, apiVersion: string, kind: string, name: string): Promise<LiveObject> {
  await reconcileNow(plane, apiVersion, kind, name);
  const look = () => plane.client.get(apiVersion, kind, name, FLUX_NAMESPACE);
  const asked = (await look())?.metadata.annotations?.["reconcile.fluxcd.io/requestedAt"];
  return until(
    `${plane.name}: a reconciliation of ${kind} ${name}`,
    async () => {
      const now = await look();
      const status = (now?.status ?? {}) as {
        lastHandledReconcileAt?: string;
        observedGeneration?: number;
        conditions?: readonly { readonly type: string; readonly status: string }[];
      };
      const isReady = status.conditions?.some((each) => each.type === "Ready" && each.status === "True");
      const isSeen = status.lastHandledReconcileAt === asked && status.observedGeneration === now?.metadata.generation;
      return isReady && isSeen && now;
    },
    { explain: async () => JSON.stringify((await look())?.status) },
  );
}

/** Waits until Flux has tried a commit for a component and says that it failed; returns what it says. */
export async function refusal(plane: Plane, component: string, commit: string): Promise<Delivered> {
  return until(
    `${plane.name}: ${component} fails at ${commit.slice(0, 7)}`,
    async () => {
      const state = await stateOf(plane, component);
      return !state.ready && state.attempted === commit && !PENDING.test(state.message) && state;
    },
    { explain: async () => JSON.stringify(await stateOf(plane, component)) },
  );
}

/** What Flux says as long as it has not come to an end. */
const PENDING = /^(Reconciliation in progress|dependency |Running health checks|Fetching|Building|Detecting drift)/i;
