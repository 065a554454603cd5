import { toYaml } from "../../../../base/yaml";
import { filesOf, findingsIn, object, SHOP } from "./check";

const CONFIG = object("v1", "ConfigMap", "settings");

async function duplicates(files: Record<string, string>) {
  return (await findingsIn(files)).filter(({ rule }) => rule === "object/duplicate");
}

test("one object in two components of a cluster", async () => {
  const found = await duplicates({ ...filesOf([SHOP, CONFIG]), ...filesOf([CONFIG], "app1", "other") });
  expect(found).toMatchObject([
    {
      file: "app1/other/configmap.shop.settings.yaml",
      object: { apiVersion: "v1", kind: "ConfigMap", namespace: "shop", name: "settings" },
      reason: "the same object is in app1/component/configmap.shop.settings.yaml",
    },
  ]);
});

test("one object under two versions of its group", async () => {
  const budget = object("policy/v1", "PodDisruptionBudget", "api");
  const older = toYaml({ ...budget, apiVersion: "policy/v1beta1" });
  const found = await duplicates({ ...filesOf([budget]), "app1/other/poddisruptionbudget.shop.api.yaml": older });
  expect(found).toHaveLength(1);
});

test("three of them are two findings, both naming the first", async () => {
  const files = { ...filesOf([CONFIG], "a", "1"), ...filesOf([CONFIG], "a", "2"), ...filesOf([CONFIG], "a", "3") };
  expect((await duplicates(files)).map(({ reason }) => reason)).toEqual(
    Array(2).fill("the same object is in a/1/configmap.shop.settings.yaml"),
  );
});

test.each([
  ["another cluster", CONFIG, "app2"],
  ["another name", object("v1", "ConfigMap", "settings2"), "app1"],
  ["another kind", object("v1", "Secret", "settings"), "app1"],
  ["another group", object("example.com/v1", "ConfigMap", "settings"), "app1"],
  ["another namespace", { ...CONFIG, metadata: { name: "settings", namespace: "kube-system" } }, "app1"],
])("%s is another object", async (_, other, cluster) => {
  expect(await duplicates({ ...filesOf([CONFIG]), ...filesOf([other], cluster, "other") })).toEqual([]);
});
