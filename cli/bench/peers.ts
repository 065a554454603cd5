import { join } from "node:path";
import { renderCluster } from "../../main";
import { KUBECTL } from "../tools/kubernetes";
import { syntheticFleet } from "./fleet";
import { differences, writeKustomize } from "./kustomize";
import { measure, median, ratio, type Times } from "./measure";
import { programOf } from "./programs";
import { renderCommand } from "./sizes";

/** One comparison, with the goal that the project set itself. */
export interface PeerResult {
  readonly name: string;
  readonly ours: number;
  readonly peer: number;
  readonly ratio: number;
  readonly goal: string;
}

/** Times rendering beside its peers on equal objects. Throws when kubectl cannot be had or its objects differ from ours. */
export async function comparePeers(
  folder: string,
  runs: number,
  progress: (text: string) => void,
): Promise<readonly PeerResult[]> {
  const kubectl = await programOf(KUBECTL);
  return [
    againstStock(folder, runs, progress),
    ...[
      { size: 1, goal: "none: kustomize starts faster" },
      { size: 3, goal: "<= 0.40 (Node 20: <= 0.65)" },
      { size: 100, goal: "<= 0.07" },
    ].map(({ size, goal }) =>
      againstKustomize(kubectl, folder, size, goal, size > 10 ? Math.min(runs, 3) : runs, progress),
    ),
  ];
}

function againstStock(folder: string, runs: number, progress: (text: string) => void): PeerResult {
  const times = measure(
    [
      {
        name: "ours, 3 clusters",
        command: (run) => [
          [
            process.execPath,
            "cli/run.cjs",
            "synth",
            "--no-validate",
            "--fleet",
            "default",
            "--dist",
            join(folder, `ours-${run}`),
          ],
        ],
      },
      {
        name: "stock cdk8s synth",
        command: (run) => [
          ["npx", "--no-install", "cdk8s", "synth", "--check-upgrade=false", "--output", join(folder, `stock-${run}`)],
        ],
      },
    ],
    runs,
    progress,
  );
  return result(
    "3 clusters / stock cdk8s synth",
    "<= 0.10",
    times.get("ours, 3 clusters"),
    times.get("stock cdk8s synth"),
  );
}

function againstKustomize(
  kubectl: string,
  folder: string,
  size: number,
  goal: string,
  runs: number,
  progress: (text: string) => void,
): PeerResult {
  const { fleet, overlayOf } = syntheticFleet(size);
  const clusters = fleet.clusters.map(({ name }) => renderCluster(fleet, name, overlayOf(name)));
  const overlays = writeKustomize(join(folder, `kustomize-${size}`), clusters);
  for (const [index, cluster] of clusters.entries()) {
    const wrong = differences(kubectl, overlays[index] ?? "", cluster);
    if (wrong.length > 0)
      throw new Error(
        `kustomize builds other objects for ${cluster.name}, so times would compare nothing:\n${wrong.join("\n")}`,
      );
  }
  const [ours, peer] = [`ours, ${size}`, `kustomize, ${size}`];
  const times = measure(
    [
      { name: ours, command: (run) => [renderCommand(size, join(folder, `ours-${size}-${run}`))] },
      { name: peer, command: () => overlays.map((overlay) => [kubectl, "kustomize", overlay]) },
    ],
    runs,
    progress,
  );
  return result(
    `${size} cluster${size === 1 ? "" : "s"} / ${size === 1 ? "one" : `${size} serial`} kubectl kustomize`,
    goal,
    times.get(ours),
    times.get(peer),
  );
}

function result(name: string, goal: string, ours: Times = [], peer: Times = []): PeerResult {
  return { name, goal, ours: median(ours), peer: median(peer), ratio: ratio(ours, peer) };
}
