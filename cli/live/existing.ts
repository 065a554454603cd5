import { type Credentials, credentialsOf, originOf } from "./credentials";
import { type Kubeconfig, KubeconfigError, kubeconfigFiles, readKubeconfig } from "./kubeconfig";

/** A test cluster of the person's own, on which one cluster of the fleet is brought up. */
export interface Existing {
  /** The fleet's name for it. */
  readonly cluster: string;
  readonly context: string;
  readonly credentials: Credentials;
}

/** What begins the name of a context that can only be a test cluster's: kind's, k3d's, the rig's own. */
const PREFIXES = ["kind-", "k3d-", "rig-"] as const;

/** Whether an existing cluster is asked for, by the variable of controller-runtime's `envtest`, and read as it does. */
export function wantsExisting(env: NodeJS.ProcessEnv = process.env): boolean {
  return (env["USE_EXISTING_CLUSTER"] ?? "").toLowerCase() === "true";
}

/** The test clusters for these clusters of the fleet. Throws with everything that is in the way, and never takes any other context. */
export function existingFor(
  clusters: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): readonly [Existing, ...Existing[]] {
  const files = kubeconfigFiles(env);
  const allowed = env["E2E_ALLOW_CONTEXT"];
  try {
    return chooseExisting(readKubeconfig(files), clusters, allowed ? { allowed } : {});
  } catch (error) {
    if (!(error instanceof KubeconfigError)) throw error;
    throw new Error(`USE_EXISTING_CLUSTER is set, but no test cluster can be used:\n${indented(error.message)}`);
  }
}

/** Chooses a context for each cluster. Throws {@link KubeconfigError} with all that is in the way. */
export function chooseExisting(
  config: Kubeconfig,
  clusters: readonly string[],
  { allowed }: { readonly allowed?: string } = {},
): readonly [Existing, ...Existing[]] {
  const problems: string[] = [];
  if (allowed !== undefined && clusters.length > 1) {
    problems.push(
      `E2E_ALLOW_CONTEXT permits one context, but ${clusters.length} clusters are asked for. Fix: --clusters ${clusters[0]}, or unset it`,
    );
  }
  const chosen = clusters.flatMap((cluster): readonly Existing[] => {
    try {
      const context = clusters.length === 1 ? contextForOne(config, cluster, allowed) : contextNamed(config, cluster);
      return [{ cluster, context, credentials: reached(config, context) }];
    } catch (error) {
      if (!(error instanceof KubeconfigError)) throw error;
      problems.push(`${cluster}: ${error.message}`);
      return [];
    }
  });
  problems.push(...shared(chosen));
  const [first, ...rest] = chosen;
  if (problems.length > 0 || !first) throw new KubeconfigError([...problems, ...seen(config, clusters)].join("\n"));
  return [first, ...rest];
}

/**
 * Whether the API server of a cluster reaches webhooks on this machine's 127.0.0.1: only one that is a plain process here does. That a loopback
 * address alone does not say so is why the name counts, too: kind's and k3d's are forwarded from there into a container.
 */
export function reachesLoopback({ context, credentials: { server } }: Existing): boolean {
  const { hostname } = new URL(server);
  return context.startsWith("rig-") && /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname);
}

/** Of one cluster alone, a person may name the context, or be on it. */
function contextForOne(config: Kubeconfig, cluster: string, allowed: string | undefined): string {
  if (allowed !== undefined) return allowed;
  const { current = "" } = config;
  const isTest = PREFIXES.some((prefix) => current.startsWith(prefix));
  return contextsOf(config, cluster).length === 0 && isTest ? current : contextNamed(config, cluster);
}

function contextNamed(config: Kubeconfig, cluster: string): string {
  const found = contextsOf(config, cluster);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new KubeconfigError(
    found.length > 1
      ? `there are ${found.join(" and ")}. Fix: E2E_ALLOW_CONTEXT=${only} with --clusters ${cluster}`
      : `there is no context ${PREFIXES.map((prefix) => prefix + cluster).join(", ")}. Fix: \`kind create cluster --name ${cluster}\``,
  );
}

function contextsOf({ contexts }: Kubeconfig, cluster: string): readonly string[] {
  return PREFIXES.map((prefix) => prefix + cluster).filter((name) => contexts.has(name));
}

function reached(config: Kubeconfig, context: string): Credentials {
  try {
    return credentialsOf(config, context);
  } catch (error) {
    throw error instanceof KubeconfigError ? new KubeconfigError(`context ${context}: ${error.message}`) : error;
  }
}

/** Two clusters of the fleet on one API server would undo each other's work. */
function shared(chosen: readonly Existing[]): readonly string[] {
  return chosen.flatMap(({ context, credentials }, index) => {
    const other = chosen.slice(0, index).find((each) => each.credentials.server === credentials.server);
    return other
      ? [`${other.context} and ${context} are one API server, ${originOf(credentials.server)}. Fix: take two clusters`]
      : [];
  });
}

/** What there is, and which of it would do. */
function seen({ files, contexts, current }: Kubeconfig, clusters: readonly string[]): readonly string[] {
  const names = [...contexts.keys()].sort();
  const alone = clusters.length === 1 ? "It" : "One cluster alone (`--clusters NAME`)";
  return [
    `Looked in ${files.join(", ")}, which has ${names.length > 0 ? `the contexts ${names.join(", ")}` : "no context"}; current: ${current ?? "none"}`,
    `${alone} may also be on the current context, where that begins with ${PREFIXES.join(", ")}, or on the one that E2E_ALLOW_CONTEXT names.`,
    "No other context is ever used. For API servers of the rig's own, unset USE_EXISTING_CLUSTER.",
  ];
}

function indented(text: string): string {
  return text.replace(/^/gm, "  ");
}
