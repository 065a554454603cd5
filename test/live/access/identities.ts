import type { ApiClient } from "../../../cli/live/client";
import { variablesIn } from "../../../cli/live/variables";
import { azureName, clientIdVariable } from "../../../clusters/fleet";
import { type RecordedResource, recorded } from "../../../infra/record";

/** A credential that Entra ID trusts, as the infra program makes it. */
export interface Credential {
  readonly subject: string;
  readonly audiences: readonly string[];
}

/** What the infra program makes for a cluster of the fleet that the tests' rig runs. */
export async function provisioned(cluster: string) {
  const { resources } = await recorded({ preset: "default" });
  return {
    credentials: resources.filter(isCredentialOf(cluster)).map(({ inputs }) => inputs as unknown as Credential),
    variables: variablesIn(resources as Parameters<typeof variablesIn>[0])[cluster] ?? {},
  };
}

function isCredentialOf(cluster: string) {
  return ({ type, inputs }: RecordedResource) =>
    type === "azure-native:managedidentity:FederatedIdentityCredential" &&
    inputs["federatedIdentityCredentialResourceName"] === azureName.cluster(cluster);
}

/** The client id that a cluster was handed for an identity. */
export function clientIdIn(values: Readonly<Record<string, string>>, identity: string): string {
  const id = values[clientIdVariable(identity)];
  if (!id) throw new Error(`no client id of ${identity} was handed over`);
  return id;
}

/** What a token says, for an audience. */
export async function claimsOf(client: ApiClient, namespace: string, account: string, audience: string) {
  const { status } = await client.send<{ status: { token: string } }>({
    method: "POST",
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`,
    body: {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      spec: { audiences: [audience], expirationSeconds: 3600 },
    },
  });
  const [, payload = ""] = status.token.split(".");
  return JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as { sub: string; aud: readonly string[] };
}
