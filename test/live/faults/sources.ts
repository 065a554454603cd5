import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { conditionOf } from "../../../cli/live/client";
import { delivered } from "../../../cli/live/flux";
import type { GitHost } from "../../../cli/live/git";
import type { Plane } from "../../../cli/live/plane";
import { FLUX_NAMESPACE, FLUX_SOURCE } from "../../../clusters/fleet";

/** What the Git server does wrong. */
export interface GitFault {
  readonly delayMs?: number;
  readonly cutAfterBytes?: number;
  readonly status?: number;
}

/** Makes the Git server do wrong, or with nothing named well again. */
export function breakGit({ folder }: GitHost, fault?: GitFault): void {
  const file = join(folder, "fault.json");
  if (fault) writeFileSync(file, JSON.stringify(fault));
  else rmSync(file, { force: true });
}

/** What Flux says is wrong with the source; nothing while all is well. */
export async function complaint(plane: Plane): Promise<string | undefined> {
  const source = await plane.client.get("source.toolkit.fluxcd.io/v1", "GitRepository", FLUX_SOURCE, FLUX_NAMESPACE);
  const ready = conditionOf(source, "Ready");
  return ready?.status === "False" ? ready.message : undefined;
}

/** Whether everything is Ready at a commit, at this moment. */
export async function standsAt(plane: Plane, commit: string): Promise<boolean> {
  const all = await delivered(plane);
  return all.length > 1 && all.every(({ ready, revision }) => ready && revision === commit);
}
