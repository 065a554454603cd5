import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { renderCluster } from "../main";
import { syntheticFleet } from "./bench/fleet";
import { comparePeers, type PeerResult } from "./bench/peers";
import { measureSizes, type SizeResult } from "./bench/sizes";
import { table } from "./table";
import { swapIn } from "./tree/swap";
import { stageTree } from "./tree/write";

const HELP = `Measures rendering: fleets of growing size, and beside its peers on the same objects, in one run, as ratios.

Usage: npm run bench -- [OPTION...]

  --sizes LIST  clusters in each fleet (default: 1,3,30,300,1000)
  --runs N      counted runs of each, after one that is not (default: 5)
  --json FILE   write the figures as JSON, too
  --no-peers    leave the peers out
  --help        this text

Peers: the stock "cdk8s synth" with a ts-node app, and serial "kubectl kustomize" over a base and overlays of equal objects.
Ratios hold on other machines, seconds do not.`;

/** `npm run bench`. With `--render N --to DIR` it renders once and prints its peak memory: what the measured processes run. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sizes: { type: "string", default: "1,3,30,300,1000" },
      runs: { type: "string", default: "5" },
      json: { type: "string" },
      "no-peers": { type: "boolean", default: false },
      render: { type: "string" },
      to: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (values.render && values.to) return renderOnce(Number(values.render), values.to);
  const sizes = values.sizes.split(",").map(Number);
  const runs = Number(values.runs);
  if (![...sizes, runs].every((number) => Number.isInteger(number) && number > 0)) {
    console.error(`--sizes and --runs take positive whole numbers\n\n${HELP}`);
    return 2;
  }
  // Beside dist, so that files are made on the disk that people render to; temporary folders are often slower or faster.
  const folder = mkdtempSync(join("build", "bench-"));
  try {
    return await report(folder, sizes, runs, values["no-peers"], values.json);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function renderOnce(size: number, target: string): Promise<number> {
  const { fleet, overlayOf } = syntheticFleet(size);
  const clusters = (function* () {
    for (const { name } of fleet.clusters) yield renderCluster(fleet, name, overlayOf(name));
  })();
  const staged = await stageTree(target, clusters);
  const objects = staged.changes.reduce((sum, cluster) => sum + cluster.objects, 0);
  swapIn(staged, target);
  console.log(JSON.stringify({ objects, peakKiB: process.resourceUsage().maxRSS }));
  return 0;
}

async function report(
  folder: string,
  sizes: readonly number[],
  runs: number,
  withoutPeers: boolean,
  json?: string,
): Promise<number> {
  const progress = (text: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`);
  const bySize = measureSizes(folder, sizes, runs, progress);
  const peers = withoutPeers ? [] : await comparePeers(folder, runs, progress);
  progress("");
  console.log(`Node ${process.versions.node}, ${runs} runs, medians\n`);
  console.log(sizeTable(bySize));
  if (peers.length > 0) console.log(`\n${peerTable(peers)}`);
  if (json) {
    const file = resolve(process.env["INIT_CWD"] ?? process.cwd(), json);
    mkdirSync(resolve(file, ".."), { recursive: true });
    writeFileSync(file, `${JSON.stringify({ node: process.versions.node, runs, sizes: bySize, peers }, null, 2)}\n`);
  }
  return 0;
}

function sizeTable(results: readonly SizeResult[]): string {
  return table(
    [
      { heading: "CLUSTERS", numeric: true },
      { heading: "OBJECTS", numeric: true },
      { heading: "SECONDS", numeric: true },
      { heading: "PEAK MEMORY", numeric: true },
      { heading: "MS PER CLUSTER", numeric: true },
    ],
    results.map(({ clusters, objects, seconds, peakMiB }) => [
      String(clusters),
      String(objects),
      seconds.toFixed(2),
      `${peakMiB.toFixed(0)} MiB`,
      ((seconds * 1000) / clusters).toFixed(1),
    ]),
  );
}

function peerTable(results: readonly PeerResult[]): string {
  return table(
    [
      { heading: "OURS / PEER" },
      { heading: "OURS", numeric: true },
      { heading: "PEER", numeric: true },
      { heading: "RATIO", numeric: true },
      { heading: "GOAL" },
    ],
    results.map(({ name, ours, peer, ratio, goal }) => [
      name,
      `${ours.toFixed(2)} s`,
      `${peer.toFixed(2)} s`,
      ratio.toFixed(3),
      goal,
    ]),
  );
}
