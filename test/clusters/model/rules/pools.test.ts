import { accepts, demo, reports } from "../support";

const spot = "clusters[2] (app2).capacity.spot";
/** The demo fleet's pools are one constant for all its clusters; this changes those of one. */
const own = (pool: object) => ({ "clusters.2.capacity.spot": { ...pool } });
const pool = { name: "spot", vmSize: "Standard_D2s_v5", min: 0, max: 2 };

describe("a pool is refused", () => {
  reports([
    [
      "no node",
      { "clusters.2.pools.system.count": 0 },
      "clusters[2] (app2).pools.system.count",
      "0 is not a number of nodes",
      "from 1 to 1000",
    ],
    [
      "half a node",
      { "clusters.0.pools.ingress.count": 1.5 },
      "clusters[0] (mgmt).pools.ingress.count",
      "1.5",
      "whole",
    ],
    [
      "more nodes than AKS allows",
      { ...own({ ...pool, max: 1001 }), "clusters.2.network.pods": "100.64.0.0/13" },
      `${spot}.max`,
      "1001",
      "1000",
      demo,
    ],
    ["fewer than no nodes", own({ ...pool, min: -1 }), `${spot}.min`, "-1", "from 0 to 1000", demo],
    ["no room to grow", own({ ...pool, max: 0 }), `${spot}.max`, "0 is not", "from 1", demo],
    ["more at least than at most", own({ ...pool, min: 3 }), `${spot}.min`, "more than max, 2", "2 or less", demo],
    ["burstable Spot machines", own({ ...pool, vmSize: "Standard_B2s" }), `${spot}.vmSize`, "family B", "D2s", demo],
    [
      "a burstable system pool",
      { "clusters.2.pools.system.vmSize": "Standard_B2s" },
      "clusters[2] (app2).pools.system.vmSize",
      "cannot carry a system pool",
      "Standard_D4s_v5",
    ],
    [
      "a size that is not known",
      { "clusters.2.pools.system.vmSize": "Standard_D4_v5" },
      "clusters[2] (app2).pools.system.vmSize",
      '"Standard_D4_v5"',
      'did you mean "Standard_D4s_v5"?',
    ],
  ]);
});

describe("a pool is accepted", () => {
  accepts([
    ["one system node of two vCPU", { "clusters.2.pools.system": { name: "s", vmSize: "Standard_D2s_v5", count: 1 } }],
    ["as many at least as at most", own({ ...pool, min: 2 }), demo],
    ["without a fallback", { "clusters.2.capacity.onDemandFallback": undefined }, demo],
  ]);
});
