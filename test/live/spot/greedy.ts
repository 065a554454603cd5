import type { KubernetesObject } from "../../../base/object";
import { SPOT_TAINT } from "../../../base/placement";
import type { Plane } from "../../../cli/live/plane";

/** Namespace of a workload that is too big. */
export const GREEDY = "greedy";

/** A workload that asks for `replicas` times 1.5 vCPU on Spot machines: more than the fleet's NodePool may give. */
export function greedy(replicas: number): readonly KubernetesObject[] {
  const labels = { app: GREEDY, version: "1" };
  const size = { cpu: "1500m", memory: "256Mi" };
  const deployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: GREEDY, namespace: GREEDY },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          tolerations: [{ ...SPOT_TAINT, operator: "Equal" }],
          terminationGracePeriodSeconds: 0,
          containers: [
            {
              name: GREEDY,
              image: "mcr.microsoft.com/oss/kubernetes/pause:3.10",
              resources: { requests: size, limits: size },
            },
          ],
        },
      },
    },
  };
  return [{ apiVersion: "v1", kind: "Namespace", metadata: { name: GREEDY } }, deployment];
}

/** How many of its pods have a node, and which have none. */
export async function greedyPods({ client }: Plane) {
  const all = await client.list("v1", "Pod", GREEDY);
  const waiting = all.filter(({ spec }) => spec?.["nodeName"] === undefined).map(({ metadata }) => metadata.uid ?? "");
  return { placed: all.length - waiting.length, waiting };
}
