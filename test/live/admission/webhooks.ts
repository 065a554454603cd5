import type { KubernetesObject } from "../../../base/object";
import type { LiveObject } from "../../../cli/live/client";
import type { Plane } from "../../../cli/live/plane";

/** Label of every webhook configuration that Kyverno makes. */
const MADE_BY_KYVERNO = "webhook.kyverno.io/managed-by=kyverno";

/** The one that asks Kyverno about what users create. */
export const RESOURCES = {
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  metadata: { name: "kyverno-resource-validating-webhook-cfg" },
} as const satisfies KubernetesObject;

/** A webhook, as far as tests look into it. */
export interface Webhook {
  readonly name: string;
  readonly failurePolicy: "Fail" | "Ignore";
  readonly timeoutSeconds: number;
  readonly rules: readonly { readonly apiGroups: readonly string[]; readonly resources: readonly string[] }[];
  readonly objectSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly namespaceSelector?: {
    readonly matchExpressions?: readonly { readonly operator: string; readonly values?: readonly string[] }[];
  };
}

/** All webhooks of Kyverno, of both sorts. */
export async function webhooksOf({ client }: Plane): Promise<readonly Webhook[]> {
  const sorts = ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"];
  const found = await Promise.all(
    sorts.map((kind) => client.list("admissionregistration.k8s.io/v1", kind, undefined, MADE_BY_KYVERNO)),
  );
  return found.flat().flatMap((object: LiveObject) => (object as { webhooks?: readonly Webhook[] }).webhooks ?? []);
}

/** Whether a webhook may be asked about a kind. */
export function asksAbout({ rules }: Webhook, group: string, resource: string): boolean {
  const holds = (list: readonly string[], value: string) => list.includes(value) || list.includes("*");
  return rules.some(({ apiGroups, resources }) => holds(apiGroups, group) && holds(resources, resource));
}
