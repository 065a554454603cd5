import type { ApiClient } from "../../../cli/live/client";

/** What somebody may want to do. */
export interface Wish {
  readonly verb: string;
  /** `pods`, `apps/deployments`, `pods/exec` of the core group; `secrets@flux-system` in one namespace, else in all. */
  readonly on: string;
}

/** A wish as it is written in a table: `get secrets`, `create certificates.cert-manager.io/status@team`. */
export function wish(text: string): Wish {
  const [verb = "", on = ""] = text.split(" ");
  return { verb, on };
}

/** Name by which the API server knows a service account. */
export function userOf(namespace: string, account: string): string {
  return `system:serviceaccount:${namespace}:${account}`;
}

/** Whether the API server would let somebody do something, by everything that it knows of roles. */
export async function may(client: ApiClient, user: string, text: string): Promise<boolean> {
  const { verb, on } = wish(text);
  const [what = "", namespace] = on.split("@");
  const [full = "", subresource] = what.split("/");
  const [resource = "", ...group] = full.split(".");
  const { status } = await client.send<{ status: { allowed: boolean } }>({
    method: "POST",
    path: "/apis/authorization.k8s.io/v1/subjectaccessreviews",
    body: {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SubjectAccessReview",
      spec: {
        user,
        groups: groupsOf(user),
        resourceAttributes: {
          verb,
          group: resource === "*" ? "*" : group.join("."),
          version: "*",
          resource,
          ...(subresource && { subresource }),
          ...(namespace && { namespace }),
        },
      },
    },
  });
  return status.allowed;
}

/** The groups that come with a name. */
function groupsOf(user: string): readonly string[] {
  const [, kind, namespace] = user.split(":");
  if (user === "system:anonymous") return ["system:unauthenticated"];
  if (kind !== "serviceaccount") return ["system:authenticated"];
  return ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"];
}

/** What of a list somebody may do. */
export async function allowed(client: ApiClient, user: string, wishes: readonly string[]): Promise<readonly string[]> {
  const answers = await Promise.all(wishes.map((text) => may(client, user, text)));
  return wishes.filter((_, index) => answers[index]);
}

/** All that somebody may do in a namespace, as the API server lists it for themselves, sorted. */
export async function rulesOf(client: ApiClient, user: string, namespace: string): Promise<readonly string[]> {
  const { status } = await client.send<{ status: Rules }>({
    method: "POST",
    path: "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
    body: { apiVersion: "authorization.k8s.io/v1", kind: "SelfSubjectRulesReview", spec: { namespace } },
    as: user,
  });
  return [...status.resourceRules, ...status.nonResourceRules].map((rule) => JSON.stringify(rule)).sort();
}

interface Rules {
  readonly resourceRules: readonly unknown[];
  readonly nonResourceRules: readonly unknown[];
}
