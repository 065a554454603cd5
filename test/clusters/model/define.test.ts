import { type Capacity, type Cluster, checkFleet, defineFleet, type Fleet } from "../../../clusters/model";
import { fleet } from "./support";

const [mgmt] = fleet.clusters as readonly Cluster<"mgmt">[];
const [identity] = fleet.identities;
if (!mgmt || !identity) throw new Error("the default fleet has clusters and identities");
const { schedule } = mgmt.capacity;

test("a fleet is handed through as it is", () => {
  expect(defineFleet(fleet)).toBe(fleet);
});

// What follows must not compile; the type check fails where it does. Each is also found at load.

test("an identity on a misspelt cluster does not compile", () => {
  const misspelt = defineFleet({
    ...fleet,
    clusters: [mgmt],
    // @ts-expect-error there is no cluster mgnt
    identities: [{ ...identity, clusters: ["mgnt"] }],
  });
  expect(checkFleet(misspelt).map(({ path }) => path)).toContain("identities[0] (cert-manager).clusters[0]");
});

test("Karpenter with a stop at night does not compile", () => {
  const spot = { families: ["D"], maxCpuPerNode: 8, limits: { cpu: 20, memoryGiB: 80 } };
  // @ts-expect-error a cluster with Karpenter cannot be stopped
  const capacity: Capacity = { nodes: "karpenter", night: "stop", schedule, spot };
  expect(checkFleet({ ...fleet, clusters: [{ ...mgmt, capacity }] }).map(({ path }) => path)).toContain(
    "clusters[0] (mgmt).capacity.night",
  );
});

test("autoscaled pools with a drain at night do not compile", () => {
  const spot = { name: "spot", vmSize: "Standard_D2s_v5", min: 0, max: 2 } as const;
  // @ts-expect-error only Karpenter's nodes go away by a drain
  const capacity: Capacity = { nodes: "autoscaler", night: "drain", schedule, spot };
  expect(capacity.night).toBe("drain");
});

test("authorized ranges of a private API do not compile", () => {
  // @ts-expect-error only a public API has authorized ranges
  const api: Fleet["api"] = { access: "private", authorizedRanges: ["203.0.113.0/24"] };
  expect(checkFleet({ ...fleet, api })).toHaveLength(1);
});

test("versions, regions, sizes and components that are not known do not compile", () => {
  // @ts-expect-error 1.31 is not pinned
  const kubernetes: Fleet["kubernetes"] = "1.31";
  // @ts-expect-error asm-1-24 is gone
  const meshRevision: Fleet["meshRevision"] = "asm-1-24";
  // @ts-expect-error there is no such region
  const region: Fleet["region"] = "koreacentrl";
  // @ts-expect-error a range has a prefix length
  const vnet: Cluster["network"]["vnet"] = "10.1.0.0";
  const network = { ...mgmt.network, vnet };
  const broken = {
    ...fleet,
    kubernetes,
    meshRevision,
    region,
    clusters: [{ ...mgmt, network }, ...fleet.clusters.slice(1)],
  };
  expect(checkFleet(broken).map(({ path }) => path)).toEqual([
    "region",
    "kubernetes",
    "meshRevision",
    "clusters[0] (mgmt).network.vnet",
  ]);
});
