import {
  ADDON_NAMESPACE,
  ADDONS,
  azureName,
  COMPONENTS,
  certificateBackupName,
  clusterOf,
  componentsOf,
  federatedSubject,
  fluxRootPath,
  identitiesOf,
  keyVaultUrl,
  registryHost,
} from "../../../clusters/model";
import { demo } from "../../../clusters/presets/demo";
import { fleet } from "./support";

test("names of Azure resources say what they are for", () => {
  expect(azureName.commonGroup(fleet)).toBe("rg-k8s-demo-common");
  expect(azureName.clusterGroup(fleet, "app1")).toBe("rg-k8s-demo-app1");
  expect(azureName.cluster("app1")).toBe("aks-app1");
  expect(azureName.identity(fleet, "app1", "kiali")).toBe("id-k8s-demo-app1-kiali");
  expect(keyVaultUrl(fleet)).toBe("https://kv-k8s-demo-7f3a.vault.azure.net");
  expect(registryHost(fleet)).toBe("acrk8sdemo7f3a.azurecr.io");
  expect(certificateBackupName("app1")).toBe("app1-ingress-tls");
});

test("Flux's root and token subjects", () => {
  expect(fluxRootPath("mgmt")).toBe("./dist/mgmt/flux-system");
  expect(federatedSubject({ namespace: "shop", serviceAccount: "web" })).toBe("system:serviceaccount:shop:web");
});

test("components follow from a cluster's data, in their order", () => {
  expect(componentsOf(clusterOf(fleet, "app2"))).toEqual(
    COMPONENTS.filter((name) => !["autoscaler", "cert-manager", "istio", "kiali", "external-secrets"].includes(name)),
  );
  expect(componentsOf(clusterOf(demo, "app2"))).not.toContain("karpenter");
  expect(componentsOf(clusterOf(demo, "app2"))).not.toContain("night");
  expect(componentsOf(clusterOf(fleet, "mgmt"))).not.toContain("workloads");
  expect(
    componentsOf({ capacity: { nodes: "karpenter", night: "drain" }, addons: ADDONS, mesh: {}, applications: [1] }),
  ).toEqual(COMPONENTS.filter((name) => name !== "autoscaler"));
});

test("a cluster is found by its name, or the names there are are told", () => {
  expect(clusterOf(fleet, "app1").name).toBe("app1");
  expect(() => clusterOf(fleet, "app9")).toThrow("the fleet has no cluster app9; it has mgmt, app1, app2");
});

test("identities of a cluster", () => {
  expect(identitiesOf(fleet, "app1").map(({ name }) => name)).toEqual([
    "cert-manager",
    "external-secrets",
    "kiali",
    "storefront",
  ]);
});

test("each add-on has a namespace of its own", () => {
  expect(new Set(Object.values(ADDON_NAMESPACE)).size).toBe(ADDONS.length);
});
