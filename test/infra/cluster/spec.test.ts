import { clusterOf, fleet } from "../../../clusters/fleet";
import { demo } from "../../../clusters/presets/demo";
import { systemPool, userPools } from "../../../infra/cluster/pools";
import { clusterSpec } from "../../../infra/cluster/spec";

describe("a cluster with Karpenter and a private API server", () => {
  const cluster = clusterOf(fleet, "app1");
  const spec = clusterSpec(fleet, cluster);

  test("has node auto-provisioning without AKS's own pools, and no cluster autoscaler", () => {
    expect(spec.nodeProvisioningProfile).toEqual({ mode: "Auto", defaultNodePools: "None" });
    expect(spec).not.toHaveProperty("autoScalerProfile");
    expect(userPools(cluster).map(({ name, autoscaled }) => [name, autoscaled])).toEqual([["ingress", false]]);
  });

  test("is named in the private zone, not by a public prefix", () => {
    expect(spec).toMatchObject({ fqdnSubdomain: "k8s-demo-app1" });
    expect(spec).not.toHaveProperty("dnsPrefix");
  });

  test("says nothing of public network access, which node auto-provisioning refuses", () => {
    expect(spec).not.toHaveProperty("publicNetworkAccess");
  });

  test("takes every address range from the fleet", () => {
    expect(spec.networkProfile).toMatchObject({
      podCidr: "192.168.0.0/16",
      serviceCidr: "172.16.0.0/16",
      dnsServiceIP: "172.16.0.10",
    });
  });

  test("runs the mesh revision of the fleet with one gateway for the internet", () => {
    expect(spec).toMatchObject({
      serviceMeshProfile: {
        mode: "Istio",
        istio: { revisions: ["asm-1-30"], components: { ingressGateways: [{ enabled: true, mode: "External" }] } },
      },
    });
  });

  test("keeps applications off the system pool, and lets the gateway find its own", () => {
    expect(systemPool(cluster)).toMatchObject({
      mode: "System",
      count: 3,
      nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"],
      availabilityZones: ["1", "2", "3"],
    });
    expect(userPools(cluster)[0]?.spec).toMatchObject({
      mode: "User",
      nodeLabels: { "azureservicemesh/istio.replica.preferred": "true" },
    });
    expect(userPools(cluster)[0]?.spec).not.toHaveProperty("nodeTaints");
  });
});

test("a cluster without a mesh has no mesh profile and no ingress pool", () => {
  const cluster = clusterOf(fleet, "app2");
  expect(clusterSpec(fleet, cluster)).not.toHaveProperty("serviceMeshProfile");
  expect(userPools(cluster)).toEqual([]);
});

describe("a cluster that stops, with a public API server", () => {
  const cluster = clusterOf(demo, "app1");
  const spec = clusterSpec(demo, cluster);

  test("has autoscaled pools, Spot first, which somebody else counts", () => {
    expect(spec.nodeProvisioningProfile).toEqual({ mode: "Manual" });
    expect(spec).toMatchObject({ autoScalerProfile: { expander: "priority" } });
    expect(userPools(cluster).map(({ name, autoscaled }) => [name, autoscaled])).toEqual([
      ["spot", true],
      ["ondemand", true],
    ]);
  });

  test("has Spot nodes that are labelled and tainted as AKS does it", () => {
    expect(userPools(cluster)[0]?.spec).toMatchObject({
      scaleSetPriority: "Spot",
      scaleSetEvictionPolicy: "Delete",
      spotMaxPrice: -1,
      minCount: 0,
      maxCount: 2,
      nodeTaints: ["kubernetes.azure.com/scalesetpriority=spot:NoSchedule"],
    });
  });

  test("has a public name, no zones and no cost analysis, which the Free tier lacks", () => {
    expect(spec).toMatchObject({
      dnsPrefix: "k8s-demo-app1",
      sku: { tier: "Free" },
      metricsProfile: { costAnalysis: { enabled: false } },
    });
    expect(systemPool(cluster)).not.toHaveProperty("availabilityZones");
  });
});
