import { QUOTA_FAMILY, quotaOf, spotCpu } from "../../../cli/docs/quota";
import { type Fleet, VM_SIZES, type VmSize } from "../../../clusters/fleet";
import { presets } from "../../../clusters/presets";
import { cheap, small } from "./fleets";

const withCluster = (index: number, change: Partial<Fleet["clusters"][number]>): Fleet => ({
  ...small,
  clusters: small.clusters.map((cluster, at) => (at === index ? { ...cluster, ...change } : cluster)),
});

describe("a small fleet, counted by hand", () => {
  it("has its Regular machines by family, with what upgrades add", () => {
    expect(quotaOf(small).regular).toEqual([
      // Karpenter's fallback: its limit, of whatever family it picks, and no surge.
      { family: "any of D, E (Karpenter's choice)", pools: 12, surge: 0 },
      { family: "standardBSFamily", pools: 2, surge: 0 },
      // one: 2×4 + 4×2, two: 1×8 + 3×2. A third, rounded up: 1×4 + 2×2 + 1×8 + 1×2.
      { family: "standardDSv5Family", pools: 8 + 8 + 8 + 6, surge: 4 + 4 + 8 + 2 },
    ]);
  });

  it("has its Spot machines in one quota: Karpenter's limit, and a Spot pool at its most", () => {
    expect(quotaOf(small).spot).toBe(12 + 5 * 4);
    expect(small.clusters.map(spotCpu)).toEqual([12, 20]);
  });

  it("has a public address for each way out, each gateway, the Bastion and the jump host", () => {
    expect(quotaOf(small).publicAddresses).toBe(2 + 1 + 1 + 1);
    expect(quotaOf(small).loadBalancers).toBe(2);
  });
});

it("counts no jump host and no Bastion where there is none", () => {
  const { regular, publicAddresses } = quotaOf(cheap);
  expect(regular.map(({ family }) => family)).toEqual(["standardDSv5Family"]);
  expect(publicAddresses).toBe(1);
});

it("counts no fallback where there is none", () => {
  const [one] = small.clusters;
  if (one?.capacity.nodes !== "karpenter") throw new Error("the fleet's first cluster has Karpenter");
  const fleet = withCluster(0, { capacity: { ...one.capacity, onDemandFallback: false } });
  expect(quotaOf(fleet).regular.map(({ family }) => family)).toEqual(["standardBSFamily", "standardDSv5Family"]);
});

it.each<readonly [number, number]>([
  [1, 1],
  [3, 1],
  [4, 2],
  [6, 2],
  [7, 3],
  [100, 33],
])("an upgrade of a pool of %i adds %i", (count, surge) => {
  const fleet = withCluster(0, { pools: { system: { name: "system", vmSize: "Standard_D2s_v5", count } } });
  const rest = 8 + 2;
  expect(quotaOf(fleet).regular.find(({ family }) => family === "standardDSv5Family")?.surge).toBe(rest + 2 * surge);
});

it("knows the quota family of every size that a fleet may name", () => {
  for (const size of Object.keys(VM_SIZES) as VmSize[]) expect(QUOTA_FAMILY[size]).toMatch(/^standard\w+Family$/);
});

it.each(Object.keys(presets))("needs some of everything in the preset %s", (name) => {
  const fleet = presets[name];
  if (!fleet) throw new Error(name);
  const { regular, spot, publicAddresses, loadBalancers } = quotaOf(fleet);
  for (const { pools } of regular) expect(pools).toBeGreaterThan(0);
  expect(Math.min(spot, publicAddresses)).toBeGreaterThan(0);
  expect(loadBalancers).toBe(fleet.clusters.length);
});
