import { isJson, type Json, valueAt } from "../../validate/types";
import { pairAt } from "../entry";
import { canonical } from "../values";
import type { Check, RuleDocs } from "./rule";
import { newIn, objectsAt, pathsUnder, shown, textsAt } from "./values";

/** Who may do what in the cluster. */
export const RBAC = {
  "rbac/wildcard": {
    severity: "danger",
    title: "A role gains a wildcard",
    doc: "`*` covers what is added to the cluster later too. Name verbs and resources.",
  },
  "rbac/powerful": {
    severity: "danger",
    title: "A role gains a right that leads to all others",
    doc: "escalate, bind, impersonate, approving certificates, minting tokens, reading secrets, running commands in pods, or changing roles and admission: each lets its holder take more.",
  },
  "rbac/cluster-admin": {
    severity: "danger",
    title: "Somebody becomes cluster-admin",
    doc: "A binding to cluster-admin, admin or system:masters is new or has new subjects. Bind a role that says what is needed.",
  },
  "rbac/wider": {
    severity: "warning",
    title: "A role or a binding grants more",
    doc: "Rules or subjects are added.",
  },
} as const satisfies RuleDocs;

/** Kinds that {@link rbac} looks at. */
export const RBAC_KINDS = ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"].map(
  (kind) => `rbac.authorization.k8s.io/${kind}`,
);

/** Looks at roles and bindings that are new or differ. */
export const rbac: Check = (delta, world, report) => {
  if (!delta.after) return;
  if (delta.ref.kind.endsWith("Binding")) bindings(delta, world, report);
  else roles(delta, world, report);
};

const roles: Check = (delta, _world, report) => {
  const [before, after] = pairAt(delta, "rules").map(grants) as [ReadonlySet<string>, ReadonlySet<string>];
  const fresh = [...after].filter((grant) => !before.has(grant)).map((grant) => JSON.parse(grant) as Grant);
  const paths = pathsUnder(delta, "rules");
  const wild = fresh.filter((grant) => grant.some((part) => part === "*"));
  if (wild.length > 0) report("rbac/wildcard", `may ${said(wild)}`, paths);
  const powerful = fresh.filter((grant) => !wild.includes(grant) && isPowerful(grant));
  if (powerful.length > 0) report("rbac/powerful", `may ${said(powerful)}`, paths);
  const rest = fresh.filter((grant) => !wild.includes(grant) && !powerful.includes(grant));
  if (rest.length > 0 && delta.before) report("rbac/wider", `may ${said(rest)}`, paths);
  const selectors = newIn(
    objectsAt(delta.before?.content, "aggregationRule", "clusterRoleSelectors").map(canonical),
    objectsAt(delta.after?.content, "aggregationRule", "clusterRoleSelectors").map(canonical),
  );
  if (selectors.length > 0)
    report("rbac/wider", "collects more roles into itself", pathsUnder(delta, "aggregationRule"));
};

/** Verb, group, resource. */
type Grant = readonly [verb: string, group: string, resource: string];

function grants(rules: unknown): ReadonlySet<string> {
  const all = new Set<string>();
  for (const rule of Array.isArray(rules) ? rules.filter(isJson) : []) {
    const places = [
      ...textsAt(rule, "apiGroups").flatMap((group) =>
        textsAt(rule, "resources").map((resource) => [group, resource] as const),
      ),
      ...textsAt(rule, "nonResourceURLs").map((url) => ["", url] as const),
    ];
    for (const verb of textsAt(rule, "verbs")) {
      for (const [group, resource] of places)
        all.add(JSON.stringify([verb, group, resource, ...textsAt(rule, "resourceNames")]));
    }
  }
  return all;
}

const POWERFUL_VERBS = new Set(["escalate", "bind", "impersonate", "approve", "sign"]);
const READS = new Set(["get", "list", "watch"]);
const POWERFUL_RESOURCES = new Set([
  "pods/exec",
  "pods/attach",
  "pods/ephemeralcontainers",
  "nodes/proxy",
  "serviceaccounts/token",
  "roles",
  "clusterroles",
  "rolebindings",
  "clusterrolebindings",
  "validatingwebhookconfigurations",
  "mutatingwebhookconfigurations",
  "certificatesigningrequests/approval",
]);

// Source: kubernetes.io/docs/concepts/security/rbac-good-practices, privilege escalation risks.
function isPowerful([verb, , resource]: Grant): boolean {
  if (POWERFUL_VERBS.has(verb)) return true;
  if (resource === "secrets") return verb !== "delete";
  return POWERFUL_RESOURCES.has(resource) && (!READS.has(verb) || resource.includes("/"));
}

function said(grants: readonly Grant[]): string {
  const texts = grants.map(([verb, group, resource]) => `${verb} ${resource}${group === "" ? "" : `.${group}`}`);
  return texts.length > 4 ? `${texts.slice(0, 4).join(", ")} and ${texts.length - 4} more` : texts.join(", ");
}

const ADMINS = new Set(["cluster-admin", "admin", "system:masters"]);

const bindings: Check = (delta, _world, report) => {
  const role = valueAt(delta.after?.content, "roleRef", "name");
  const isOtherRole = valueAt(delta.before?.content, "roleRef", "name") !== role;
  const had = isOtherRole ? [] : objectsAt(delta.before?.content, "subjects").map(canonical);
  const fresh = objectsAt(delta.after?.content, "subjects").filter((subject) => !had.includes(canonical(subject)));
  if (fresh.length === 0) return;
  const paths = pathsUnder(delta, "subjects", "roleRef");
  const who = fresh.map(subjectName).slice(0, 4).join(", ");
  const isAdmin = ADMINS.has(String(role)) || fresh.some(({ name }) => name === "system:masters");
  if (isAdmin) report("rbac/cluster-admin", `${who} becomes ${shown(role)}`, paths);
  else if (delta.before) report("rbac/wider", `${who} becomes ${shown(role)}`, paths);
};

function subjectName({ kind, namespace, name }: Json): string {
  return `${shown(kind)} ${namespace === undefined ? "" : `${shown(namespace)}/`}${shown(name)}`;
}
