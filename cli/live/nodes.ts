import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump, loadAll } from "js-yaml";
import type { KubernetesObject } from "../../base/object";
import type { Cluster, Fleet } from "../../clusters/fleet";
import type { Plane } from "./plane";
import { startProcess } from "./processes";
import type { StateFolder } from "./state";

/** Folders of kwok's module whose stages make nodes and pods come alive at once. */
const STAGES = ["node/fast", "node/heartbeat-with-lease", "pod/fast"];

/**
 * What kwok's own stages leave out: after a while without an API server the node controller takes a node for lost and its pods for not
 * ready. A kubelet that is heard of again says how its pods are; kwok says it once, when they begin.
 */
const READY_AGAIN = {
  apiVersion: "kwok.x-k8s.io/v1alpha1",
  kind: "Stage",
  metadata: { name: "pod-ready-again" },
  spec: {
    resourceRef: { apiGroup: "v1", kind: "Pod" },
    selector: {
      matchExpressions: [
        { key: ".metadata.deletionTimestamp", operator: "DoesNotExist" },
        { key: ".status.phase", operator: "In", values: ["Running"] },
        { key: '.status.conditions.[] | select( .type == "Ready" ) | .status', operator: "In", values: ["False"] },
      ],
    },
    // As long as a kubelet takes to be heard of, so that who has marked the pod has done with it.
    delay: { durationMilliseconds: 5000 },
    next: {
      statusTemplate:
        '{{ $now := Now }}\nconditions:\n- {lastTransitionTime: {{ $now | Quote }}, status: "True", type: Ready}\n',
    },
  },
} as const;

/** Marks a node that nobody's kubelet stands behind. Karpenter's provider for kwok marks its own just so. */
const FAKE = { key: "kwok.x-k8s.io/node", value: "fake" } as const;

/** Name of kwok's process on a cluster. */
export function kwokProcess(cluster: string): string {
  return `${cluster}-kwok`;
}

/** Starts kwok on a plane: fake nodes become ready, pods on them run, jobs succeed. Real nodes and their pods are left alone. */
export function startKwok(state: StateFolder, plane: Plane, program: string, moduleFolder: string): void {
  const stages = join(plane.folder, "stages.yaml");
  writeFileSync(stages, stagesOf(moduleFolder));
  startProcess(state, {
    name: kwokProcess(plane.name),
    program,
    cwd: plane.folder,
    args: [
      `--kubeconfig=${plane.kubeconfig}`,
      "--manage-all-nodes=false",
      `--manage-nodes-with-annotation-selector=${FAKE.key}=${FAKE.value}`,
      "--node-lease-duration-seconds=40",
      `--config=${stages}`,
      `--server-address=127.0.0.1:${plane.ports.kwok}`,
    ],
  });
}

function stagesOf(moduleFolder: string): string {
  const given = STAGES.flatMap((stage) => {
    const folder = join(moduleFolder, "kustomize", "stage", stage);
    return readdirSync(folder)
      .filter((file) => file.endsWith(".yaml") && file !== "kustomization.yaml")
      .sort()
      .flatMap((file) => loadAll(readFileSync(join(folder, file), "utf8")));
  });
  return [...given, READY_AGAIN].map((stage) => dump(stage)).join("---\n");
}

/** Nodes as AKS and Karpenter would make them: each pool of the fleet, spread over its zones, and a Spot worker for each zone. */
export function nodesOf(fleet: Fleet, cluster: Cluster): readonly KubernetesObject[] {
  const zones = cluster.zones.length > 0 ? cluster.zones.map((zone) => `${fleet.region}-${zone}`) : ["0"];
  const pools = Object.entries(cluster.pools).flatMap(([mode, pool]) =>
    Array.from({ length: pool.count }, (_, index) =>
      node({
        name: `aks-${pool.name}-${index}`,
        zone: zones[index % zones.length] ?? "0",
        labels: {
          "kubernetes.azure.com/mode": mode === "system" ? "system" : "user",
          "kubernetes.azure.com/agentpool": pool.name,
        },
        taints: mode === "system" ? [{ key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" }] : [],
        cpu: 4,
      }),
    ),
  );
  return [...pools, ...zones.map((zone, index) => spotNode(`spot-${index}`, zone))];
}

/** A Spot worker in a zone. */
export function spotNode(name: string, zone: string): KubernetesObject {
  return node({
    name,
    zone,
    labels: {
      "kubernetes.azure.com/mode": "user",
      "kubernetes.azure.com/scalesetpriority": "spot",
      "karpenter.sh/capacity-type": "spot",
    },
    taints: [{ key: "kubernetes.azure.com/scalesetpriority", value: "spot", effect: "NoSchedule" }],
    cpu: 8,
  });
}

interface NodeProps {
  readonly name: string;
  readonly zone: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
  readonly cpu: number;
}

function node({ name, zone, labels, taints, cpu }: NodeProps): KubernetesObject {
  const size = { cpu: String(cpu), memory: `${cpu * 4}Gi`, pods: "250", "ephemeral-storage": "100Gi" };
  const object = {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      annotations: { [FAKE.key]: FAKE.value },
      labels: {
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
        "topology.kubernetes.io/zone": zone,
        ...labels,
      },
    },
    spec: { taints },
    status: { allocatable: size, capacity: size },
  };
  return object;
}
