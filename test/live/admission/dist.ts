import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import type { KubernetesObject } from "../../../base/object";
import type { Plane } from "../../../cli/live/plane";
import type { Live } from "../../../cli/live/up";
import { CLUSTER_VARS, FLUX_NAMESPACE } from "../../../clusters/fleet";

/** What was pushed for a cluster, with its variables put in. */
export async function distOf({ git }: Live, { name, client }: Plane): Promise<readonly KubernetesObject[]> {
  const vars = await client.get("v1", "ConfigMap", CLUSTER_VARS, FLUX_NAMESPACE);
  const { data = {} } = (vars ?? {}) as { data?: Record<string, string> };
  const folder = join(git.clone, "dist", name);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      return load(text.replace(/\$\{(\w+)\}/g, (_, key: string) => data[key] ?? `unset ${key}`)) as KubernetesObject;
    });
}

/** The object under another name, so that the server takes it for a new one. */
export function again(object: KubernetesObject): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, name: `${object.metadata.name}-again` } };
}

/** An object's name for a person. */
export function called({ kind, metadata: { namespace, name } }: KubernetesObject): string {
  return [kind, namespace, name].filter(Boolean).join("/");
}
