import type { KubernetesObject } from "../../../base/object";
import { type ApiClient, ApiError } from "../../../cli/live/client";

/** What the API server and the webhooks in front of it said of an object. */
export interface Answer {
  readonly admitted: boolean;
  /** Why not; empty when it was admitted. */
  readonly message: string;
  readonly warnings: readonly string[];
  readonly milliseconds: number;
}

/** How something is asked. */
export interface Asking {
  /** Do it. @default only ask, as `kubectl --dry-run=server` does */
  readonly really?: boolean;
}

/** Asks to create an object. Its name may be left to the server. */
export async function askToCreate(client: ApiClient, object: KubernetesObject, asking: Asking = {}): Promise<Answer> {
  const path = (await client.pathOf({ ...object, metadata: { ...object.metadata, name: "-" } })).replace(/\/-$/, "");
  return ask(client, { method: "POST", path, body: object }, asking);
}

/** Asks to change an object of Kubernetes itself, or a subresource of it, by a strategic merge patch. */
export async function askToChange(
  client: ApiClient,
  object: KubernetesObject,
  patch: unknown,
  { subresource, ...asking }: Asking & { readonly subresource?: string } = {},
): Promise<Answer> {
  const path = (await client.pathOf(object)) + (subresource ? `/${subresource}` : "");
  return ask(
    client,
    { method: "PATCH", path, body: patch, contentType: "application/strategic-merge-patch+json" },
    asking,
  );
}

async function ask(
  client: ApiClient,
  call: { method: "POST" | "PATCH"; path: string; body: unknown; contentType?: string },
  { really = false }: Asking,
): Promise<Answer> {
  const warnings: string[] = [];
  const path = `${call.path}?fieldValidation=Strict${really ? "" : "&dryRun=All"}`;
  const began = performance.now();
  const end = (message?: string): Answer => ({
    admitted: message === undefined,
    message: message ?? "",
    warnings,
    milliseconds: performance.now() - began,
  });
  try {
    await client.send({ ...call, path, onWarning: (text) => warnings.push(text) });
    return end();
  } catch (error) {
    // Only a refusal is an answer; a server that is gone or busy has said nothing about the object.
    if (error instanceof ApiError && [400, 403, 422, 500].includes(error.status)) return end(error.message);
    throw error;
  }
}
