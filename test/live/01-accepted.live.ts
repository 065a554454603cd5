import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import type { KubernetesObject } from "../../base/object";
import { rig } from "./rig";

/** Objects as they were pushed, with Flux's substitution done from the cluster's own variables. */
function pushed(cluster: string, clone: string, variables: Readonly<Record<string, string>>) {
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

describe("accepted", () => {
  const live = rig();
  for (const plane of live.planes) {
    it(`${plane.name}: the API server takes every object, strictly`, async () => {
      const vars = await plane.client.get("v1", "ConfigMap", "cluster-vars", "flux-system");
      const variables = (vars as unknown as { data?: Record<string, string> } | undefined)?.data ?? {};
      const objects = pushed(plane.name, live.git.clone, variables);
      const refused: string[] = [];
      for (const { file, object } of objects) {
        await plane.client
          .apply(object, { manager: "kustomize-controller", dryRun: true })
          .catch((error: Error) => refused.push(`${file}: ${error.message}`));
      }
      expect(refused).toEqual([]);
      expect(objects.length).toBeGreaterThan(40);
    });
  }
});
