import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Fleet } from "../../clusters/fleet";
import { CHARTS, CRD_MODULES, KUBERNETES_VERSIONS } from "../../clusters/versions";
import { givenObjects } from "./given";
import { read, type StateFolder, save } from "./state";

/** What is kept of a rig, beside what its parts keep. It is there once all servers are. */
export interface Kept {
  readonly preset: string;
  readonly clusters: readonly string[];
  /** Path of Kyverno's admission controller. */
  readonly kyverno?: string;
  /** Whether it is on existing clusters. */
  readonly isExisting?: boolean;
  /** See {@link fingerprint}. */
  readonly made?: string;
}

/** Keeps it. */
export function keep(state: StateFolder, kept: Kept): void {
  save(fileIn(state), kept);
}

/** What is kept. Throws where nothing is. */
export function keptOf(state: StateFolder): Kept {
  return read<Kept>(fileIn(state));
}

/** Whether all servers of a rig were started, so that the fleet can be pushed to them. */
export function isKept(state: StateFolder): boolean {
  return existsSync(fileIn(state));
}

/** Stands for all that a rig is made from and a push does not change: versions, nodes, namespaces of add-ons. */
export function fingerprint(fleet: Fleet): string {
  const given = fleet.clusters.map((cluster) => givenObjects(fleet, cluster));
  const all = JSON.stringify([CHARTS, CRD_MODULES, KUBERNETES_VERSIONS, given]);
  return createHash("sha256").update(all).digest("hex").slice(0, 16);
}

function fileIn({ path }: StateFolder): string {
  return join(path, "live.json");
}
