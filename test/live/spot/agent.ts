import { setTimeout as sleep } from "node:timers/promises";
import { ApiError } from "../../../cli/live/client";
import type { Plane } from "../../../cli/live/plane";

const TAINT = "node.cilium.io/agent-not-ready";

interface Taint {
  readonly key: string;
}

/**
 * Plays the Cilium agent: once it runs on a node, it removes the startup taint with which Karpenter registered it. Without this no pod
 * ever starts on such a node, as no daemon runs here. Returns what ends it.
 */
export function ciliumAgents(plane: Plane): () => Promise<void> {
  const end = new AbortController();
  const loop = (async () => {
    while (!end.signal.aborted) {
      await removeTaints(plane).catch(() => {});
      await sleep(300);
    }
  })();
  return async () => {
    end.abort();
    await loop;
  };
}

async function removeTaints({ client }: Plane): Promise<void> {
  for (const node of await client.list("v1", "Node", undefined, "karpenter.sh/registered=true")) {
    const taints = (node.spec?.["taints"] ?? []) as readonly Taint[];
    if (!taints.some(({ key }) => key === TAINT)) continue;
    const { resourceVersion } = node.metadata;
    const others = taints.filter(({ key }) => key !== TAINT);
    try {
      // The version guards taints that somebody else sets meanwhile.
      await client.merge(node, { metadata: { resourceVersion }, spec: { taints: others } });
    } catch (error) {
      if (!(error instanceof ApiError && (error.status === 409 || error.status === 404))) throw error;
    }
  }
}
