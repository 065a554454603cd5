import type { ApplicationContext, ApplicationProps, Call, Caller } from "../base/application";
import { type Cluster, clientIdVariable, type Fleet, variable, type WorkloadIdentity } from "./fleet";

/** An application of an overlay with what the fleet's data says of the place it runs in. */
export type PlacedApplication = ApplicationProps & Omit<ApplicationContext, "spot" | "drains">;

/**
 * Brings an overlay's applications together with the fleet's data. Throws one error that lists every application that the data
 * has no place for: its namespace, its hostname, its secrets, or the identity that reads them.
 */
export function placeApplications(
  fleet: Fleet,
  cluster: Cluster,
  applications: readonly ApplicationProps[],
): readonly PlacedApplication[] {
  const problems = [
    ...applications.flatMap((app) => misplaced(fleet, cluster, app)),
    ...applications.flatMap((app) => app.calls?.flatMap((call) => wrongCall(cluster, app, call, applications)) ?? []),
    ...twice(applications),
    ...idle(cluster, applications),
  ];
  if (problems.length > 0)
    throw new Error(problems.map((problem) => `clusters/${cluster.name}.ts: ${problem}`).join("\n"));
  return applications.map((app) => {
    const identity = identityOf(fleet, cluster, app);
    return {
      ...app,
      meshed: isMeshed(cluster, app.namespace),
      callers: callersOf(app, applications),
      ...(identity && { clientId: variable(clientIdVariable(identity.name)) }),
    };
  });
}

function misplaced(fleet: Fleet, cluster: Cluster, app: ApplicationProps): readonly string[] {
  const hosts = Object.values(cluster.mesh?.ingress?.hosts ?? {});
  const namespaces = (cluster.applications ?? []).map((team) => team.namespace);
  const secrets = app.secrets ?? [];
  const undeclared = secrets.filter((secret) => !fleet.keyVault.secrets.includes(secret));
  return [
    ...(namespaces.includes(app.namespace)
      ? []
      : [
          `application ${app.name} is in the namespace ${app.namespace}, which the fleet gives to no team of this cluster${listed(namespaces)}. Fix: add { namespace: "${app.namespace}", … } to \`applications\` of ${cluster.name} in clusters/fleet.ts`,
        ]),
    ...(app.host === undefined || hosts.includes(app.host)
      ? []
      : [
          `application ${app.name} has the host ${app.host}, which this cluster's gateway does not answer to${listed(hosts)}. Fix: add ${app.name}: "${app.host}" to mesh.ingress.hosts of ${cluster.name} in clusters/fleet.ts`,
        ]),
    ...undeclared.map(
      (secret) =>
        `application ${app.name} reads the secret ${secret}, which Key Vault is not known to hold. Fix: add "${secret}" to keyVault.secrets in clusters/fleet.ts, or correct the name`,
    ),
    ...(secrets.length > 0 ? unreadable(fleet, cluster, app, secrets) : []),
  ];
}

function unreadable(
  fleet: Fleet,
  cluster: Cluster,
  app: ApplicationProps,
  secrets: readonly string[],
): readonly string[] {
  const identity = identityOf(fleet, cluster, app);
  if (!identity) {
    return [
      `application ${app.name} reads secrets but has no identity. Fix: add one to \`identities\` in clusters/fleet.ts with component: "workloads", clusters: ["${cluster.name}"], namespace: "${app.namespace}", serviceAccount: "${app.name}"`,
    ];
  }
  const readable = (secret: string) =>
    identity.roles.some(
      (grant) => grant.role.startsWith("Key Vault Secrets") && (grant.secret === undefined || grant.secret === secret),
    );
  return secrets
    .filter((secret) => !readable(secret))
    .map(
      (secret) =>
        `application ${app.name} reads the secret ${secret}, but its identity ${identity.name} may not. Fix: add { role: "Key Vault Secrets User", on: "key-vault", secret: "${secret}" } to its roles in clusters/fleet.ts`,
    );
}

function identityOf(fleet: Fleet, cluster: Cluster, app: ApplicationProps): WorkloadIdentity | undefined {
  return fleet.identities.find(
    (identity) =>
      identity.component === "workloads" &&
      identity.clusters.includes(cluster.name) &&
      identity.namespace === app.namespace &&
      identity.serviceAccount === app.name,
  );
}

function callersOf(app: ApplicationProps, applications: readonly ApplicationProps[]): readonly Caller[] {
  return applications
    .filter((other) => other.calls?.some((call) => isCallTo(app, other, call)))
    .map(({ name, namespace }) => ({ name, namespace }));
}

function isCallTo(app: ApplicationProps, caller: ApplicationProps, call: Call): boolean {
  return (
    "application" in call && call.application === app.name && (call.namespace ?? caller.namespace) === app.namespace
  );
}

function wrongCall(
  cluster: Cluster,
  app: ApplicationProps,
  call: Call,
  applications: readonly ApplicationProps[],
): readonly string[] {
  if (!("application" in call)) return [];
  const called = applications.find((other) => isCallTo(other, app, call));
  const place = `${call.namespace ?? app.namespace}/${call.application}`;
  if (!called) {
    return [
      `application ${app.name} calls ${place}, which this cluster does not run. Fix: correct the name, or add \`namespace\` to the call`,
    ];
  }
  if (called.port !== call.port) {
    return [
      `application ${app.name} calls ${place} on port ${call.port}, but it listens on ${called.port}. Fix: write port: ${called.port}`,
    ];
  }
  if (isMeshed(cluster, called.namespace) && !isMeshed(cluster, app.namespace)) {
    return [
      `application ${app.name} calls ${place}, which takes only mutual TLS, from the namespace ${app.namespace} outside the mesh. Fix: set meshed: true for ${app.namespace} in clusters/fleet.ts`,
    ];
  }
  return [];
}

function isMeshed(cluster: Cluster, namespace: string): boolean {
  return cluster.applications?.some((team) => team.namespace === namespace && team.meshed) ?? false;
}

/** Two applications of one name would share a folder of `dist`. */
function twice(applications: readonly ApplicationProps[]): readonly string[] {
  const names = applications.map((app) => app.name);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map(
    (name) => `two applications are called ${name}. Fix: rename one; names are unique on a cluster`,
  );
}

/** A fleet that gives a cluster teams, but an overlay without applications, is a change half done. */
function idle(cluster: Cluster, applications: readonly ApplicationProps[]): readonly string[] {
  const teams = cluster.applications ?? [];
  if (teams.length === 0 || applications.length > 0) return [];
  return [
    `the fleet gives this cluster the namespace ${teams[0]?.namespace}, but the overlay has no application. Fix: add one to \`applications\` here, or take the namespace out of clusters/fleet.ts`,
  ];
}

function listed(names: readonly string[]): string {
  return names.length > 0 ? ` (it has ${names.join(", ")})` : "";
}
