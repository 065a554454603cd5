import { table } from "../table";
import type { DiffFigures, DiffSize } from "./diff";
import type { Goal } from "./goals";
import type { PeerResult } from "./peers";
import type { SizeResult } from "./sizes";

/** What was measured; parts that were not are missing. */
export interface Figures {
  readonly sizes?: readonly SizeResult[];
  readonly peers?: readonly PeerResult[];
  readonly diff?: DiffFigures;
  readonly goals?: readonly Goal[];
}

/** The figures for a terminal. */
export function tablesOf({ sizes, peers = [], diff, goals }: Figures): string {
  const faster = [...peers, ...(diff?.peers ?? [])].filter(({ ratio }) => ratio > 1).map(({ name }) => name);
  return [
    ...(sizes ? [sizeTable(sizes)] : []),
    ...(peers.length > 0 ? [peerTable(peers)] : []),
    ...(diff ? [diffTable(diff.sizes)] : []),
    ...(diff && diff.peers.length > 0 ? [peerTable(diff.peers)] : []),
    ...(diff && diff.leftOut.length > 0 ? [diff.leftOut.join("\n")] : []),
    ...(goals ? [goalTable(goals)] : []),
    ...(faster.length > 0 ? [["The peer was faster:", ...faster.map((name) => `  ${name}`)].join("\n")] : []),
  ].join("\n\n");
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

function diffTable(results: readonly DiffSize[]): string {
  return table(
    [
      { heading: "CLUSTERS", numeric: true },
      { heading: "OBJECTS", numeric: true },
      { heading: "DIFF OF FOLDERS", numeric: true },
      { heading: "DIFF OF COMMITS", numeric: true },
    ],
    results.map(({ clusters, objects, folders, commits }) => [
      String(clusters),
      String(objects),
      `${folders.toFixed(2)} s`,
      `${commits.toFixed(2)} s`,
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

function goalTable(goals: readonly Goal[]): string {
  return table(
    [
      { heading: "GOAL" },
      { heading: "SECONDS", numeric: true },
      { heading: "AT MOST", numeric: true },
      { heading: "MET" },
    ],
    goals.map(({ name, seconds, most }) => [
      name,
      seconds.toFixed(2),
      most === undefined ? "" : String(most),
      most === undefined ? "" : seconds < most ? "yes" : "no",
    ]),
  );
}
