import { accepts, demo, problems, reports } from "../support";

const capacity = "clusters[2] (app2).capacity";

describe("a capacity policy is refused", () => {
  reports([
    [
      "Karpenter with a stop at night",
      { "clusters.2.capacity.night": "stop" },
      `${capacity}.night`,
      "AKS cannot stop a cluster that has node auto-provisioning",
      'set night to "drain", or nodes to "autoscaler"',
    ],
    [
      "autoscaled pools with a drain at night",
      { "clusters.2.capacity.night": "drain" },
      `${capacity}.night`,
      "not possible with autoscaled pools",
      'set night to "stop"',
      demo,
    ],
    ["no night", { "clusters.2.capacity.night": undefined }, `${capacity}.night`, "is missing", 'add "drain"'],
    [
      "nodes from elsewhere",
      { "clusters.2.capacity.nodes": "virtual" },
      `${capacity}.nodes`,
      '"virtual"',
      'write "karpenter" or "autoscaler"',
    ],
    ["no family", { "clusters.2.capacity.spot.families": [] }, `${capacity}.spot.families`, "no node", '["D"]'],
    [
      "a family twice",
      { "clusters.2.capacity.spot.families": ["D", "D"] },
      `${capacity}.spot.families[1]`,
      "listed already",
      "remove",
    ],
    [
      "a family that is not known",
      { "clusters.2.capacity.spot.families": ["D", "Dsv5"] },
      `${capacity}.spot.families[1]`,
      '"Dsv5" is not a VM family',
      '"D", "E" or "F"',
    ],
    [
      "a vCPU limit below one node",
      { "clusters.2.capacity.spot.limits": { cpu: 1, memoryGiB: 80 } },
      `${capacity}.spot.limits`,
      "cannot hold one node: the smallest of family D has 2 vCPU and 8 GiB",
      "cpu: 2",
    ],
    [
      "a memory limit below one node",
      { "clusters.2.capacity.spot.limits": { cpu: 20, memoryGiB: 4 } },
      `${capacity}.spot.limits`,
      "20 vCPU and 4 GiB cannot hold one node",
      "memoryGiB: 8",
    ],
    [
      "limits that hold a node of one family only",
      { "clusters.2.capacity.spot": { families: ["D", "E"], maxCpuPerNode: 2, limits: { cpu: 2, memoryGiB: 8 } } },
      `${capacity}.spot.limits`,
      "the smallest of family E",
      "or remove family E",
    ],
    [
      "a memory limit that makes the vCPU limit unreachable",
      { "clusters.2.capacity.spot.limits.memoryGiB": 40 },
      `${capacity}.spot.limits.memoryGiB`,
      "used up at 10 vCPU",
      "write memoryGiB: 80, or cpu: 10",
    ],
    [
      "a machine larger than all together",
      { "clusters.2.capacity.spot.maxCpuPerNode": 32 },
      `${capacity}.spot.maxCpuPerNode`,
      "exceed the limit of 20",
      "20 or less",
    ],
    [
      "machines smaller than there are",
      { "clusters.2.capacity.spot.maxCpuPerNode": 1 },
      `${capacity}.spot.maxCpuPerNode`,
      "1 vCPU or fewer",
      "write 2",
    ],
    [
      "a part of a vCPU",
      { "clusters.2.capacity.spot.maxCpuPerNode": 2.5 },
      `${capacity}.spot.maxCpuPerNode`,
      "2.5 is not a number of vCPU",
      "whole number",
    ],
  ]);
});

test("a policy of the other kind says what it has too much and too little", () => {
  const pool = { name: "spot", vmSize: "Standard_D2s_v5", min: 0, max: 2 };
  expect(problems({ "clusters.2.capacity.spot": pool })).toHaveLength(7);
});

describe("a capacity policy is accepted", () => {
  accepts([
    [
      "limits of exactly one node",
      { "clusters.2.capacity.spot": { families: ["D"], maxCpuPerNode: 2, limits: { cpu: 2, memoryGiB: 8 } } },
    ],
    ["a fallback on demand", { "clusters.2.capacity.onDemandFallback": true }],
    ["more memory than vCPU need", { "clusters.2.capacity.spot.limits.memoryGiB": 400 }],
  ]);
});
