import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import type { KubernetesObject } from "../../base/object";
import type { Plane } from "../../cli/live/plane";
import { CLUSTER_VARS, FLUX_NAMESPACE, FLUX_ROOT, FLUX_SOURCE } from "../../clusters/fleet";

type Variables = Readonly<Record<string, string>>;

/** An object of the rendered tree, and the file that it is in. */
export interface PushedObject {
  readonly file: string;
  readonly object: KubernetesObject;
}

/** Objects of a cluster as they were pushed, with Flux's substitution done. */
export function pushedTree(clone: string, cluster: string, variables: Variables): readonly PushedObject[] {
  const folder = join(clone, "dist", cluster);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      const filled = text.replace(/\$\{(\w+)\}/g, (_, name: string) => variables[name] ?? `unset ${name}`);
      return { file, object: load(filled) as KubernetesObject };
    });
}

/** The variables that the components of a cluster read. */
export async function variablesOn({ client }: Plane): Promise<Variables> {
  const found = await client.get("v1", "ConfigMap", CLUSTER_VARS, FLUX_NAMESPACE);
  return (found as { data?: Variables } | undefined)?.data ?? {};
}

/** What the infra program handed to a cluster: substitution values of the root. */
export async function handed({ client }: Plane): Promise<Variables> {
  const name = `${FLUX_SOURCE}-${FLUX_ROOT}`;
  const root = await client.get("kustomize.toolkit.fluxcd.io/v1", "Kustomization", name, FLUX_NAMESPACE);
  return (root?.spec?.["postBuild"] as { substitute?: Variables } | undefined)?.substitute ?? {};
}
