import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Borrowed } from "../../../cli/live/borrow";
import type { Access } from "../../../cli/live/client";
import { portable } from "../../../cli/live/credentials";
import { existingFile } from "../../../cli/live/plane";
import { type StateFolder, save } from "../../../cli/live/state";
import type { Before } from "../../../cli/live/traces";

/** An API server that nobody is at. */
export const NOWHERE: Access = { server: "https://127.0.0.1:1", ca: "-----BEGIN CERTIFICATE-----", token: "s3cret" };

/** Makes a rig's folder look as if it had taken a cluster. */
export function borrowed(state: StateFolder, cluster: string, access: Access, before: Before): void {
  const folder = state.plane(cluster);
  mkdirSync(folder, { recursive: true });
  save(join(folder, "kubeconfig"), portable(`live-${cluster}`, access));
  const { server } = access;
  const context = `kind-${cluster}`;
  const given = ["Namespace flux-system"];
  save(existingFile(folder), {
    context,
    server,
    standIns: [],
    reachesLoopback: false,
    before,
    given,
  } satisfies Borrowed);
}
