import type { KubernetesObject } from "../../../base/object";
import { conditionOf } from "../../../cli/live/client";
import type { Plane } from "../../../cli/live/plane";
import { until } from "../../../cli/live/wait";

const NAME = "tenant-tries";

/** What a try would make if it succeeded. */
export const BOOTY = { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name: NAME } } as const;

/** A source in the tenant's own namespace. */
export function ownSource(namespace: string, url: string, branch: string): KubernetesObject {
  return object("source.toolkit.fluxcd.io/v1", "GitRepository", namespace, { url, ref: { branch }, interval: "1h" });
}

/** A Kustomization of a tenant's that applies what only the platform may. */
export function kustomization(namespace: string, spec: object): KubernetesObject {
  return object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", namespace, {
    interval: "1h",
    retryInterval: "1h",
    timeout: "30s",
    prune: true,
    ...spec,
  });
}

/** A HelmRelease of a tenant's. */
export function helmRelease(namespace: string, spec: object): KubernetesObject {
  return object("helm.toolkit.fluxcd.io/v2", "HelmRelease", namespace, { interval: "1h", timeout: "30s", ...spec });
}

/** Lets a tenant's object be reconciled, returns why it failed, and removes it. */
export async function tried({ client }: Plane, wanted: KubernetesObject): Promise<string> {
  const { apiVersion, kind, metadata } = wanted;
  await client.apply(wanted);
  try {
    return await until(`what Flux says of the tenant's ${kind}`, async () => {
      const found = await client.get(apiVersion, kind, metadata.name, metadata.namespace);
      const ready = conditionOf(found, "Ready");
      if (ready?.status === "True") throw new Error(`${kind} of a tenant is Ready: ${ready.message}`);
      return ready?.status === "False" && ready.message;
    });
  } finally {
    await client.remove(wanted);
    await until(
      `the end of the tenant's ${kind}`,
      async () => !(await client.get(apiVersion, kind, metadata.name, metadata.namespace)),
    );
  }
}

function object(apiVersion: string, kind: string, namespace: string, spec: object): KubernetesObject {
  return { apiVersion, kind, metadata: { name: NAME, namespace }, spec } as KubernetesObject;
}
