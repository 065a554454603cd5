import { object } from "../trees";
import { change, testRules } from "./cases";

const spot = { key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] };
const zones = (...values: string[]) => ({ key: "topology.kubernetes.io/zone", operator: "In", values });
const family = (...values: string[]) => ({ key: "karpenter.azure.com/sku-family", operator: "In", values });
const cpu = (most: string) => ({ key: "karpenter.azure.com/sku-cpu", operator: "Lt", values: [most] });
const pool = object(
  "karpenter.sh/v1",
  "NodePool",
  {
    spec: {
      weight: 50,
      limits: { cpu: "20" },
      disruption: { consolidateAfter: "5m" },
      template: {
        metadata: { labels: { a: "b" } },
        spec: {
          expireAfter: "720h",
          nodeClassRef: { group: "g", kind: "AKSNodeClass", name: "a" },
          requirements: [family("D"), cpu("9"), spot, zones("1", "2")],
        },
      },
    },
  },
  "it",
  null,
);
const requirements = (...list: readonly object[]) =>
  change(pool, { spec: { template: { spec: { requirements: list } } } });
const nodeClass = object(
  "karpenter.azure.com/v1beta1",
  "AKSNodeClass",
  { spec: { osDiskSizeGB: 128, tags: { a: "b" }, vnetSubnetID: "a" } },
  "it",
  null,
);

testRules("The machines that Karpenter makes", {
  "nodes/replaced": {
    hit: [
      requirements(family("E"), cpu("9"), spot, zones("1", "2")),
      requirements(family("D"), cpu("5"), spot, zones("1", "2")),
      requirements(family("D"), cpu("9"), spot, zones("1", "2"), {
        key: "kubernetes.io/arch",
        operator: "In",
        values: ["arm64"],
      }),
      change(pool, { spec: { template: { metadata: { labels: { a: "c" } } } } }),
      change(pool, { spec: { template: { spec: { taints: [{ key: "a", effect: "NoSchedule" }] } } } }),
      change(pool, { spec: { template: { spec: { expireAfter: "24h" } } } }),
      change(nodeClass, { spec: { osDiskSizeGB: 256 } }),
    ],
    miss: [
      requirements(family("D", "E"), cpu("17"), spot, zones("1", "2")),
      requirements(cpu("9"), spot, zones("1", "2")),
      change(pool, { spec: { weight: 10 } }),
      change(pool, { spec: { limits: { cpu: "10" } } }),
      change(pool, { spec: { disruption: { consolidateAfter: "1m" } } }),
      change(nodeClass, { spec: { tags: { a: "c" } } }),
      change(nodeClass, { metadata: { labels: { a: "c" } } }),
    ],
  },
  "nodes/subnet": {
    hit: [change(nodeClass, { spec: { vnetSubnetID: "b" } })],
    miss: [change(nodeClass, { spec: { osDiskSizeGB: 256 } })],
  },
  "nodes/limits-down": {
    hit: [change(pool, { spec: { limits: { cpu: "10" } } }), change(pool, { spec: { limits: { memory: "1Gi" } } })],
    miss: [change(pool, { spec: { limits: { cpu: "40" } } })],
  },
  "nodes/capacity-type": {
    hit: [requirements(family("D"), cpu("9"), { ...spot, values: ["spot", "on-demand"] }, zones("1", "2"))],
    miss: [requirements(family("E"), cpu("9"), spot, zones("1", "2"))],
  },
  "nodes/spread": {
    hit: [requirements(family("D"), cpu("9"), spot, zones("1"))],
    miss: [requirements(family("D"), cpu("9"), spot, zones("1", "2", "3"))],
  },
  "nodes/disruption": {
    hit: [change(pool, { spec: { disruption: { consolidateAfter: "1m" } } })],
    miss: [change(pool, { spec: { weight: 1 } })],
  },
  "nodes/weight": {
    hit: [change(pool, { spec: { weight: 1 } })],
    miss: [change(pool, { spec: { limits: { cpu: "10" } } })],
  },
});
