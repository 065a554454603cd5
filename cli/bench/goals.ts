import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { overlayOf } from "../../clusters/overlays";
import { loadPreset, renderFleet } from "../../main";
import { swapIn } from "../tree/swap";
import { stageTree } from "../tree/write";
import { CHANGES, type ChangeName, inState } from "./change";
import { diffCommand } from "./diff";
import { type Contender, measure, median } from "./measure";
import { commitTrees } from "./repository";
import { renderTree } from "./sizes";

/** What a person waits for, and how long at most. */
export interface Goal {
  readonly name: string;
  readonly seconds: number;
  /** @default none */
  readonly most?: number;
}

/** Clusters of a synthetic fleet that have 100,000 objects. */
const CLUSTERS = 1650;

/** Times the whole check of a pull request, and comparing many objects of which each differs. */
export async function measureGoals(
  folder: string,
  runs: number,
  progress: (text: string) => void,
  clusters = CLUSTERS,
): Promise<readonly Goal[]> {
  const check = await pullRequest(join(folder, "check"));
  const seconds = (contender: Contender, counted: number) =>
    median(measure([contender], counted, progress).get(contender.name) ?? []);
  return [
    { name: check.name, seconds: seconds(check, runs), most: 3 },
    { ...everyObject(folder, "every", clusters, (contender) => seconds(contender, Math.min(runs, 3))), most: 10 },
    everyObject(folder, "distinct", clusters, (contender) => seconds(contender, Math.min(runs, 3))),
  ];
}

/** What the checks of a pull request do with the fleet: render and validate it, and compare it with a commit. */
async function pullRequest(folder: string): Promise<Contender> {
  mkdirSync(folder);
  const tree = join(folder, "before");
  const before = [...renderFleet(loadPreset("default"), overlayOf)].map((cluster) => inState(cluster, "release.after"));
  swapIn(await stageTree(tree, before), tree);
  const { env, ids } = commitTrees(join(folder, "git"), [tree]);
  return {
    name: "pull request: render, validate, diff",
    command: (run) => [
      [process.execPath, "cli/run.cjs", "synth", "--fleet", "default", "--dist", join(folder, `dist-${run}`)],
      [process.execPath, "cli/run.cjs", "diff", "--fleet", "default", "--from", ids[0] ?? ""],
    ],
    env,
    mayDiffer: [process.execPath],
  };
}

function everyObject(
  folder: string,
  change: ChangeName,
  clusters: number,
  seconds: (contender: Contender) => number,
): Goal {
  const trees = [join(folder, `${change}-before`), join(folder, `${change}-after`)] as const;
  const { objects } = renderTree(clusters, trees[0], `${change}.before`);
  renderTree(clusters, trees[1], `${change}.after`);
  const name = `diff of ${objects.toLocaleString("en")} objects: ${CHANGES[change].title}`;
  return { name, seconds: seconds({ name, command: () => [diffCommand(...trees)], mayDiffer: [process.execPath] }) };
}
