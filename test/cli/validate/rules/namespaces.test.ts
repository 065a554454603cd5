import { PROVIDED_NAMESPACES } from "../../../../cli/validate/rules/namespaces";
import { check, filesOf, findingsIn, object, SHOP, type TestObject } from "./check";

const HELM = "helm.toolkit.fluxcd.io/v2";

function configIn(namespace: string): TestObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings", namespace } };
}

function release(spec: Readonly<Record<string, unknown>>): TestObject {
  return { apiVersion: HELM, kind: "HelmRelease", metadata: { name: "chart", namespace: "flux-system" }, spec };
}

test("a namespace that nobody creates", async () => {
  expect(await check(configIn("shpo"))).toEqual([
    'namespace/unknown metadata.namespace: nothing in cluster app1 creates the namespace "shpo"',
  ]);
});

test("one that another cluster creates", async () => {
  const files = { ...filesOf([SHOP], "app1"), ...filesOf([configIn("shop")], "app2") };
  expect(await findingsIn(files)).toMatchObject([
    { rule: "namespace/unknown", file: "app2/component/configmap.shop.settings.yaml" },
  ]);
});

test("one that another component of the cluster creates is fine", async () => {
  const files = { ...filesOf([configIn("shop")], "app1", "a"), ...filesOf([SHOP], "app1", "z") };
  expect(await findingsIn(files)).toEqual([]);
});

test.each([...PROVIDED_NAMESPACES])("%s is AKS's own", async (namespace) => {
  expect(await check(configIn(namespace))).toEqual([]);
});

test.each(["default", "kube-node-lease", "aks-istio", "Namespace"])("%s is not provided", async (namespace) => {
  expect(await check(configIn(namespace))).toContainEqual(expect.stringMatching(/^namespace\/unknown/));
});

test.each(["targetNamespace", "storageNamespace"])("%s of a Helm release counts as well", async (field) => {
  expect(await check(release({ [field]: "charts" }))).toEqual([
    `namespace/unknown spec.${field}: nothing in cluster app1 creates the namespace "charts"`,
  ]);
  expect(await check(release({ [field]: "shop" }))).toEqual([]);
});

test("a Helm release may create its namespace", async () => {
  const creating = release({ targetNamespace: "charts", install: { createNamespace: true } });
  expect(await check(creating, configIn("charts"))).toEqual([]);
  expect(await check(release({ targetNamespace: "charts", install: { createNamespace: false } }))).toHaveLength(1);
});

test("a kind called Namespace of another group creates none", async () => {
  const other = { apiVersion: "example.com/v1", kind: "Namespace", metadata: { name: "other" } };
  expect(await check(other, configIn("other"))).toHaveLength(1);
});

test("a namespace that Flux fills in is not judged", async () => {
  expect(await check(release({ targetNamespace: "${NAMESPACE}" }))).toEqual([]);
});

test("targetNamespace means nothing on other kinds", async () => {
  expect(await check(object("example.com/v1", "Thing", "a", { spec: { targetNamespace: "other" } }))).toEqual([]);
});
