import { object } from "../trees";
import { change, testRules } from "./cases";

const hpa = object("autoscaling/v2", "HorizontalPodAutoscaler", {
  spec: { minReplicas: 3, maxReplicas: 9, metrics: [] },
});
const keda = object("keda.sh/v1alpha1", "ScaledObject", { spec: { minReplicaCount: 1, maxReplicaCount: 9 } });
const pdb = (spec: object) =>
  object("policy/v1", "PodDisruptionBudget", { spec: { selector: { matchLabels: { app: "a" } }, ...spec } });
const quota = object("v1", "ResourceQuota", { spec: { hard: { "requests.cpu": "4", pods: "20" } } });
const limits = object("v1", "LimitRange", {
  spec: { limits: [{ type: "Container", max: { memory: "4Gi" }, default: { memory: "1Gi" } }] },
});
const priority = object("scheduling.k8s.io/v1", "PriorityClass", { value: 1, globalDefault: false }, "it", null);

testRules("How much may run, and how much must", {
  "scaling/bounds-down": {
    hit: [
      change(hpa, { spec: { minReplicas: 2 } }),
      change(hpa, { spec: { maxReplicas: 5 } }),
      change(keda, { spec: { minReplicaCount: 0 } }),
    ],
    miss: [change(hpa, { spec: { maxReplicas: 20 } })],
  },
  "scaling/bounds": {
    hit: [change(hpa, { spec: { maxReplicas: 20 } })],
    miss: [change(hpa, { spec: { minReplicas: 1 } })],
  },
  "scaling/removed": { hit: [[hpa, undefined]], miss: [[undefined, hpa]] },
  "pdb/removed": {
    hit: [
      [pdb({ maxUnavailable: 1 }), undefined],
      [pdb({ maxUnavailable: 1 }), pdb({ maxUnavailable: 3 })],
      [pdb({ minAvailable: "80%" }), pdb({ minAvailable: "50%" })],
    ],
    miss: [
      [pdb({ maxUnavailable: 3 }), pdb({ maxUnavailable: 1 })],
      [undefined, pdb({ maxUnavailable: 1 })],
    ],
  },
  "pdb/blocks": {
    hit: [
      [pdb({ maxUnavailable: 1 }), pdb({ maxUnavailable: 0 })],
      [undefined, pdb({ minAvailable: "100%" })],
    ],
    miss: [[pdb({ maxUnavailable: 2 }), pdb({ maxUnavailable: 1 })]],
  },
  "quota/down": {
    hit: [
      change(quota, { spec: { hard: { pods: "10" } } }),
      change(limits, { spec: { limits: [{ type: "Container", max: { memory: "2Gi" }, default: { memory: "1Gi" } }] } }),
    ],
    miss: [change(quota, { spec: { hard: { pods: "30" } } })],
  },
  "quota/removed": {
    hit: [[quota, undefined], change(quota, { spec: { hard: { pods: undefined } } })],
    miss: [change(quota, { spec: { hard: { pods: "10" } } })],
  },
  "priority/changed": { hit: [change(priority, { globalDefault: true })], miss: [[priority, undefined]] },
});
