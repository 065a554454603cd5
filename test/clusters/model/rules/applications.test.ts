import { accepts, reports } from "../support";

const team = { namespace: "reports", meshed: false, quota: { cpu: 1, memoryGiB: 1, pods: 1 } };
const added = (changes: object) => ({ "clusters.2.applications.1": { ...team, ...changes } });
const at = (namespace: string) => `clusters[2] (app2).applications[1] (${namespace})`;

describe("an application namespace is refused", () => {
  reports([
    [
      "in capitals",
      added({ namespace: "Reports" }),
      `${at("Reports")}.namespace`,
      '"Reports" is not a name that Kubernetes takes',
      '"storefront"',
    ],
    [
      "without a name",
      added({ namespace: "" }),
      "clusters[2] (app2).applications[1].namespace",
      "not a name",
      '"storefront"',
    ],
    [
      "twice",
      added({ namespace: "ledger" }),
      `${at("ledger")}.namespace`,
      "already an application namespace",
      "remove",
    ],
    ...[
      "default",
      "kube-system",
      "aks-istio-system",
      "flux-system",
      "gatekeeper-system",
      "kyverno",
      "cert-manager",
    ].map(
      (namespace) =>
        [
          `${namespace}, which is somebody else's`,
          added({ namespace }),
          `${at(namespace)}.namespace`,
          `"${namespace}" belongs to`,
          "the team's own name",
        ] as const,
    ),
    [
      "with no vCPU",
      added({ quota: { ...team.quota, cpu: 0 } }),
      `${at("reports")}.quota.cpu`,
      "holds no pod",
      "than 0",
    ],
    [
      "with less than no memory",
      added({ quota: { ...team.quota, memoryGiB: -1 } }),
      `${at("reports")}.quota.memoryGiB`,
      "-1 holds no pod",
      "than 0",
    ],
    ["with half a pod", added({ quota: { ...team.quota, pods: 0.5 } }), `${at("reports")}.quota.pods`, "0.5", "whole"],
  ]);
});

describe("an application namespace is accepted", () => {
  accepts([
    ["a second one", added({})],
    ["one that another cluster has", added({ namespace: "storefront" })],
  ]);
});
