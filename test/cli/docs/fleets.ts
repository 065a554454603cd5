import type { Fleet } from "../../../clusters/fleet";
import { fleet } from "../../../clusters/fleet";

const [first] = fleet.clusters;
if (!first) throw new Error("the fleet has no cluster");
const office = { start: "08:00", end: "18:30", days: ["Mon", "Tue"] } as const;

/** Three small clusters whose figures can be counted by hand: one of Karpenter's, one autoscaled, one with both fallbacks' odd sizes. */
export const small: Fleet = {
  ...fleet,
  tier: "Standard",
  api: { access: "private" },
  registry: { name: "acrsmall", sku: "Premium" },
  budget: { monthlyUsd: 1000 },
  identities: [],
  clusters: [
    {
      ...first,
      name: "one",
      pools: {
        system: { name: "system", vmSize: "Standard_D4s_v5", count: 2 },
        ingress: { name: "ingress", vmSize: "Standard_D2s_v5", count: 4 },
      },
      capacity: {
        nodes: "karpenter",
        night: "drain",
        schedule: office,
        spot: { families: ["D", "E"], maxCpuPerNode: 4, limits: { cpu: 12, memoryGiB: 48 } },
        onDemandFallback: true,
      },
      mesh: { ingress: { domain: "example.com", hosts: { web: "web.example.com" } } },
    },
    {
      ...first,
      name: "two",
      network: withoutWayIn(first.network),
      pools: { system: { name: "system", vmSize: "Standard_D8s_v5", count: 1 } },
      capacity: {
        nodes: "autoscaler",
        night: "stop",
        schedule: office,
        spot: { name: "spot", vmSize: "Standard_D4s_v5", min: 1, max: 5 },
        onDemandFallback: { name: "ondemand", vmSize: "Standard_D2s_v5", min: 0, max: 3 },
      },
      mesh: {},
    },
  ],
};

/** The same for demonstrations: no way in, public API servers, a cheap registry. */
export const cheap: Fleet = {
  ...small,
  tier: "Free",
  api: { access: "public", authorizedRanges: ["203.0.113.0/24"] },
  registry: { name: "acrcheap", sku: "Basic" },
  budget: { monthlyUsd: 10 },
  clusters: small.clusters.slice(1),
};

function withoutWayIn({ bastion: _bastion, jumpHost: _jumpHost, ...network }: Fleet["clusters"][number]["network"]) {
  return network;
}
