import type { CorpusCase } from "./case";
import { edit, fleet } from "./edit";

/** What workloads stand on: nodes and disks. */
export const NODES: readonly CorpusCase[] = [
  {
    name: "change a node pool's families",
    after: () =>
      fleet((f) => {
        for (const c of f.clusters)
          Object.assign(c.capacity.spot, { families: ["E"], limits: { cpu: 20, memoryGiB: 160 } });
      }),
    expected: ["warning nodes/replaced app1 app2 mgmt"],
  },
  {
    name: "let a node pool grow less",
    after: () =>
      fleet((f) => {
        f.clusters[1].capacity.spot.limits.cpu = 10;
      }),
    expected: ["warning nodes/limits-down app1"],
  },
  {
    name: "drop a zone",
    after: () =>
      fleet((f) => {
        for (const c of f.clusters) c.zones = ["1", "2"];
      }),
    expected: ["warning nodes/replaced app1 app2 mgmt", "warning nodes/spread app1 app2 mgmt"],
  },
  {
    name: "enlarge the disks of nodes",
    after: () =>
      edit(/aksnodeclass/, (o) => {
        o.spec.osDiskSizeGB = 256;
      }),
    expected: ["warning nodes/replaced app1 app2 mgmt"],
  },
  {
    name: "change the parameters of a storage class",
    after: () =>
      edit(/storageclass\.managed-csi-retain/, (o) => {
        o.parameters.skuName = "Premium_LRS";
        o.reclaimPolicy = "Delete";
      }),
    expected: ["danger data/reclaim-delete app1 app2 mgmt", "danger object/immutable app1 app2 mgmt"],
  },
];
