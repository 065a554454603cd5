import { accepts, demo, reports } from "../support";

const network = "clusters[2] (app2).network";

describe("a size is refused", () => {
  reports([
    [
      "a service range of /12",
      { "clusters.2.network.services": "100.64.0.0/12", "clusters.2.network.dnsServiceIp": "100.64.0.10" },
      `${network}.services`,
      "smaller than /12",
      "100.64.0.0/16",
    ],
    [
      "a DNS address outside the services",
      { "clusters.2.network.dnsServiceIp": "172.17.0.10" },
      `${network}.dnsServiceIp`,
      "lies outside the service range 172.16.0.0/16",
      "172.16.0.10",
    ],
    [
      "a DNS address that is the API server's",
      { "clusters.2.network.dnsServiceIp": "172.16.0.1" },
      `${network}.dnsServiceIp`,
      "is not free",
      "172.16.0.10",
    ],
    [
      "a DNS address that is the network's",
      { "clusters.2.network.dnsServiceIp": "172.16.0.0" },
      `${network}.dnsServiceIp`,
      "is not free",
      "172.16.0.10",
    ],
    [
      "a DNS address that is the broadcast address",
      { "clusters.2.network.dnsServiceIp": "172.16.255.255" },
      `${network}.dnsServiceIp`,
      "broadcast",
      "172.16.0.10",
    ],
    [
      "a service range without room for the DNS",
      { "clusters.2.network.services": "172.16.0.0/31", "clusters.2.network.dnsServiceIp": "172.16.0.1" },
      `${network}.services`,
      "no room for the cluster's DNS",
      "shorter prefix",
    ],
    [
      "a small Bastion subnet",
      { "clusters.0.network.bastion": "10.1.100.128/27" },
      "clusters[0] (mgmt).network.bastion",
      "/26 or larger",
      "10.1.100.128/26",
    ],
    [
      "a jump host's subnet without addresses",
      { "clusters.0.network.jumpHost": "10.1.101.0/30" },
      "clusters[0] (mgmt).network.jumpHost",
      "smaller than /29",
      "/29",
    ],
    [
      "a node subnet without addresses",
      { "clusters.2.network.nodes": "10.3.0.0/31" },
      `${network}.nodes`,
      "/29",
      "/29",
    ],
    [
      "a node subnet for fewer nodes than the limits allow",
      { "clusters.2.network.nodes": "10.3.0.0/28" },
      `${network}.nodes`,
      "has 16 addresses; 13 nodes",
      "/27 or a shorter prefix",
    ],
    [
      "a node subnet for fewer nodes than the pools may have",
      { "clusters.2.network.nodes": "10.3.0.0/28", "clusters.2.capacity.spot.max": 10 },
      `${network}.nodes`,
      "13 nodes, one more of each of 3 pools",
      "/27",
      demo,
    ],
    [
      "a pod range for fewer nodes than the limits allow",
      { "clusters.2.network.pods": "192.168.0.0/21" },
      `${network}.pods`,
      "room for 8 nodes",
      "/20 or a shorter prefix",
    ],
    [
      "a pod range for fewer nodes than the fallback allows",
      { "clusters.2.network.pods": "192.168.0.0/20", "clusters.2.capacity.onDemandFallback": true },
      `${network}.pods`,
      "there may be 26",
      "/19",
    ],
  ]);
});

describe("a size is accepted", () => {
  accepts([
    ["a service range just smaller than /12", { "clusters.2.network.services": "172.16.0.0/13" }],
    ["the third address as DNS", { "clusters.2.network.dnsServiceIp": "172.16.0.2" }],
    ["a node subnet that just holds its nodes", { "clusters.2.network.nodes": "10.3.0.0/27" }],
    ["a pod range that just holds its nodes", { "clusters.2.network.pods": "192.168.0.0/20" }],
  ]);
});
