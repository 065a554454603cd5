import { accepts, demo, reports } from "../support";

const mgmt = "clusters[0] (mgmt).network";
const app2 = "clusters[2] (app2).network";

describe("a network is refused", () => {
  reports([
    ["host bits", { "clusters.2.network.nodes": "10.3.0.1/20" }, `${app2}.nodes`, "host bits", "10.3.0.0/20"],
    [
      "host bits of an authorized range",
      { "api.authorizedRanges.0": "203.0.113.7/24" },
      "api.authorizedRanges[0]",
      "host bits",
      "203.0.113.0/24",
      demo,
    ],
    [
      "VNets that overlap",
      { "clusters.2.network.vnet": "10.2.0.0/15" },
      `${app2}.vnet`,
      "the VNet of app1",
      "no other",
    ],
    [
      "a node subnet outside its VNet",
      { "clusters.2.network.nodes": "10.9.0.0/20" },
      `${app2}.nodes`,
      "does not lie in the VNet of app2 (10.3.0.0/16)",
      "10.3.0.0/20",
    ],
    [
      "a node subnet larger than its VNet",
      { "clusters.2.network.nodes": "10.2.0.0/15" },
      `${app2}.nodes`,
      "does not lie in",
      "10.3.0.0/16",
    ],
    [
      "a Bastion subnet outside its VNet",
      { "clusters.0.network.bastion": "10.4.0.0/26" },
      `${mgmt}.bastion`,
      "does not lie in",
      "10.1.0.0/26",
    ],
    [
      "a jump host's subnet in the nodes'",
      { "clusters.0.network.jumpHost": "10.1.1.0/28" },
      `${mgmt}.jumpHost`,
      "overlaps the node subnet of mgmt (10.1.0.0/20)",
      "no other subnet",
    ],
    [
      "a Bastion subnet that is the jump host's",
      { "clusters.0.network.jumpHost": "10.1.100.0/28" },
      `${mgmt}.jumpHost`,
      "overlaps the Bastion subnet",
      "no other subnet",
    ],
    [
      "pods in the own VNet",
      { "clusters.2.network.pods": "10.3.128.0/17" },
      `${app2}.pods`,
      "the VNet of app2",
      "192.168",
    ],
    [
      "pods in a peered VNet",
      { "clusters.2.network.pods": "10.1.128.0/17" },
      `${app2}.pods`,
      "the VNet of mgmt (10.1.0.0/16)",
      "192.168.0.0/16",
    ],
    [
      "services in a peered VNet",
      { "clusters.2.network.services": "10.2.0.0/16", "clusters.2.network.dnsServiceIp": "10.2.0.10" },
      `${app2}.services`,
      "the VNet of app1",
      "172.16.0.0/16",
    ],
    [
      "services among the pods",
      { "clusters.2.network.services": "192.168.128.0/17", "clusters.2.network.dnsServiceIp": "192.168.128.10" },
      `${app2}.services`,
      "overlaps the pod range of app2",
      "another range",
    ],
    [
      "pods in a range of AKS",
      { "clusters.2.network.pods": "172.30.0.0/16" },
      `${app2}.pods`,
      "172.30.0.0/16, which is kept for AKS",
      "without 172.30.0.0/16",
    ],
    [
      "services around a range of AKS",
      { "clusters.2.network.services": "172.28.0.0/14", "clusters.2.network.dnsServiceIp": "172.28.0.10" },
      `${app2}.services`,
      "kept for AKS",
      "without",
    ],
    [
      "a VNet of loopback addresses",
      { "clusters.2.network.vnet": "127.0.0.0/16", "clusters.2.network.nodes": "127.0.0.0/20" },
      `${app2}.vnet`,
      "loopback",
      "without 127.0.0.0/8",
    ],
  ]);
});

describe("a network is accepted", () => {
  accepts([
    ["clusters that share pod and service ranges", {}],
    ["neighbouring VNets", { "clusters.2.network.vnet": "10.3.0.0/17" }],
    ["a node subnet that is its VNet", { "clusters.2.network.nodes": "10.3.0.0/16" }],
  ]);
});
