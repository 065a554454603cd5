import type { KubernetesObject } from "../../../../base/object";
import { toYaml } from "../../../../base/yaml";
import { fileName } from "../../../../cli/tree/path";
import { applyRules } from "../../../../cli/validate/rules";
import { readScopes } from "../../../../cli/validate/scopes";
import { readTree } from "../../../../cli/validate/tree";
import type { Finding } from "../../../../cli/validate/types";
import { type Files, withFolder } from "../../folder";

/** An object for a test, with whatever fields it needs. */
export type TestObject = KubernetesObject & Readonly<Record<string, unknown>>;

/** The namespace that objects of tests live in. */
export const SHOP: TestObject = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };

/** An object in the namespace of tests. */
export function object(
  apiVersion: string,
  kind: string,
  name: string,
  rest: Readonly<Record<string, unknown>> = {},
): TestObject {
  return { apiVersion, kind, metadata: { name, namespace: "shop" }, ...rest };
}

/** Objects of a cluster, in the files they belong in. */
export function filesOf(
  objects: readonly TestObject[],
  cluster = "app1",
  component = "component",
): Record<string, string> {
  return Object.fromEntries(objects.map((each) => [`${cluster}/${component}/${fileName(each)}`, toYaml(each)]));
}

/** What the rules find in files. */
export function findingsIn(files: Files): Promise<readonly Finding[]> {
  return withFolder(files, (folder) =>
    applyRules({ tree: readTree(folder, ["README.md"]), scopes: readScopes("imports") }),
  );
}

/** What the rules find in objects of one cluster, as `rule path: reason`. */
export async function check(...objects: readonly TestObject[]): Promise<readonly string[]> {
  const findings = await findingsIn(filesOf([SHOP, ...objects]));
  return findings.map(({ rule, path, reason }) => `${rule} ${path}: ${reason}`);
}
