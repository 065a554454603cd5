import { check, object, type TestObject } from "./check";

function bare(apiVersion: string, kind: string): TestObject {
  return { apiVersion, kind, metadata: { name: "a" } };
}

test.each([
  ["v1", "ConfigMap"],
  ["apps/v1", "Deployment"],
  ["cert-manager.io/v1", "Certificate"],
])("%s %s needs a namespace", async (apiVersion, kind) => {
  expect(await check(bare(apiVersion, kind))).toEqual([
    `scope/missing-namespace metadata.namespace: ${kind} is a namespaced kind`,
  ]);
  expect(await check(object(apiVersion, kind, "a"))).toEqual([]);
});

test.each([
  ["v1", "Namespace"],
  ["rbac.authorization.k8s.io/v1", "ClusterRole"],
  ["cert-manager.io/v1", "ClusterIssuer"],
  ["karpenter.sh/v1", "NodePool"],
])("%s %s has no namespace", async (apiVersion, kind) => {
  expect(await check(object(apiVersion, kind, "a"))).toEqual([
    `scope/unwanted-namespace metadata.namespace: ${kind} is a cluster-scoped kind`,
  ]);
  expect(await check(bare(apiVersion, kind))).toEqual([]);
});

test("a kind that is not known is the schema's business", async () => {
  expect(await check(bare("example.com/v1", "Thing"), object("example.com/v1", "Other", "a"))).toEqual([]);
});
