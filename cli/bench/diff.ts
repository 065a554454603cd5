import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderCluster } from "../../main";
import { KUBECTL } from "../tools/kubernetes";
import { inState } from "./change";
import { DYFF } from "./dyff";
import { syntheticFleet } from "./fleet";
import { writeKustomize } from "./kustomize";
import { type Contender, measure, median, ratio, type Times } from "./measure";
import type { PeerResult } from "./peers";
import { programOf } from "./programs";
import { commitTrees } from "./repository";
import { renderTree } from "./sizes";

/** What comparing two states of a fleet takes. */
export interface DiffSize {
  readonly clusters: number;
  readonly objects: number;
  /** Seconds for two folders. */
  readonly folders: number;
  /** Seconds for two commits. */
  readonly commits: number;
}

/** What was measured of comparing. */
export interface DiffFigures {
  readonly sizes: readonly DiffSize[];
  readonly peers: readonly PeerResult[];
  /** What was not measured, and why. */
  readonly leftOut: readonly string[];
}

/** How to measure. */
export interface DiffMeasuring {
  readonly runs: number;
  readonly peers: boolean;
  readonly progress: (text: string) => void;
}

/** Most clusters that `kubectl kustomize` is called for: it takes a quarter of a second for each, twice. */
const MOST_KUSTOMIZED = 100;

interface Peer extends Contender {
  /** Which of our times it stands beside. */
  readonly beside: "folders" | "commits";
  readonly goal: string;
}

/** Times `npm run diff` on a release in fleets of several sizes, beside its peers. Throws when a peer cannot be had. */
export async function measureDiffs(
  folder: string,
  sizes: readonly number[],
  { runs, peers: isCompared, progress }: DiffMeasuring,
): Promise<DiffFigures> {
  const programs = isCompared ? { kubectl: await programOf(KUBECTL), dyff: await programOf(DYFF) } : undefined;
  const figures = sizes.map((clusters) => {
    progress(`${clusters} clusters: rendering two states`);
    const place = join(folder, `diff-${clusters}`);
    mkdirSync(place);
    const trees = [join(place, "before"), join(place, "after")] as const;
    const { objects } = renderTree(clusters, trees[0], "release.before");
    renderTree(clusters, trees[1], "release.after");
    const { env, ids } = commitTrees(join(place, "git"), trees);
    const peers = programs ? peersOf({ ...programs, place, trees, env, ids, clusters }) : [];
    const own: readonly Contender[] = [
      { name: "folders", command: () => [diffCommand(...trees)], mayDiffer: [process.execPath] },
      { name: "commits", command: () => [diffCommand(ids[0] ?? "", ids[1] ?? "")], env, mayDiffer: [process.execPath] },
    ];
    const times = measure([...own, ...peers], clusters > 10 ? Math.min(runs, 3) : runs, progress);
    const timesOf = (name: string): Times => times.get(name) ?? [];
    return {
      size: { clusters, objects, folders: median(timesOf("folders")), commits: median(timesOf("commits")) },
      peers: peers.map(({ name, beside, goal }) => resultOf(clusters, name, goal, timesOf(beside), timesOf(name))),
    };
  });
  const largest = Math.max(...sizes);
  return {
    sizes: figures.map(({ size }) => size),
    peers: figures.flatMap(({ peers }) => peers),
    leftOut:
      isCompared && largest > MOST_KUSTOMIZED
        ? [
            `Left out: kubectl kustomize twice + diff of more than ${MOST_KUSTOMIZED} clusters, half a second for each in every run`,
          ]
        : [],
  };
}

/** The command that compares two folders or commits. */
export function diffCommand(from: string, to: string): readonly string[] {
  return [process.execPath, "cli/run.cjs", "diff", "--from", from, "--to", to];
}

function resultOf(clusters: number, name: string, goal: string, ours: Times, peer: Times): PeerResult {
  const title = `diff of ${clusters} cluster${clusters === 1 ? "" : "s"} / ${name}`;
  return { name: title, goal, ours: median(ours), peer: median(peer), ratio: ratio(ours, peer) };
}

interface Setting {
  readonly kubectl: string;
  readonly dyff: string;
  readonly place: string;
  readonly trees: readonly [string, string];
  readonly env: Readonly<Record<string, string>>;
  readonly ids: readonly string[];
  readonly clusters: number;
}

function peersOf({ kubectl, dyff, place, trees, env, ids, clusters }: Setting): readonly Peer[] {
  const byLine = "none: it compares lines";
  const pairs = wholeFiles(place, trees);
  return [
    {
      name: "git diff --no-index",
      beside: "folders",
      goal: byLine,
      command: () => [["git", "diff", "--no-index", ...trees]],
      mayDiffer: ["git"],
    },
    { name: "git diff", beside: "commits", goal: byLine, command: () => [["git", "diff", ...ids]], env },
    {
      name: clusters === 1 ? "dyff" : `${clusters} serial dyff`,
      beside: "folders",
      goal: clusters < 10 ? "none: dyff starts faster" : "< 1",
      command: () => pairs.map((pair) => [dyff, "between", "--omit-header", ...pair]),
    },
    ...(clusters > MOST_KUSTOMIZED ? [] : [kustomizeTwice(kubectl, place, clusters)]),
  ];
}

function kustomizeTwice(kubectl: string, place: string, size: number): Peer {
  const { fleet, overlayOf } = syntheticFleet(size);
  const clusters = fleet.clusters.map(({ name }) => renderCluster(fleet, name, overlayOf(name)));
  const [before = [], after = []] = ["before", "after"].map((side) =>
    writeKustomize(
      join(place, `kustomize-${side}`),
      clusters.map((cluster) => inState(cluster, `release.${side}`)),
    ),
  );
  const [one, other] = [join(place, "one.yaml"), join(place, "other.yaml")];
  return {
    name: `${size === 1 ? "" : `${size} serial `}kubectl kustomize twice + diff`,
    beside: "folders",
    goal: "< 1",
    command: () =>
      before.flatMap((overlay, index) => [
        [kubectl, "kustomize", overlay, "--output", one],
        [kubectl, "kustomize", after[index] ?? "", "--output", other],
        ["diff", "--unified", one, other],
      ]),
    mayDiffer: ["diff"],
  };
}

/** Each cluster as one file on both sides, which is what dyff compares. */
function wholeFiles(place: string, trees: readonly string[]): readonly (readonly string[])[] {
  const sides = trees.map((tree, index) =>
    clustersIn(tree).map((cluster) => {
      const file = join(place, `${cluster}-${index}.yaml`);
      const manifests = filesIn(join(tree, cluster)).map((path) => readFileSync(path, "utf8"));
      writeFileSync(file, manifests.join("---\n"));
      return file;
    }),
  );
  return (sides[0] ?? []).map((file, index) => [file, sides[1]?.[index] ?? ""]);
}

function clustersIn(tree: string): readonly string[] {
  return readdirSync(tree, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => join(folder, name));
}
