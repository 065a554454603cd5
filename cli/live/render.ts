import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Fleet } from "../../clusters/fleet";
import { overlayOf } from "../../clusters/overlays";
import { renderFleet } from "../../main";
import { stageTree } from "../tree/write";
import type { ChartRegistry } from "./charts";
import type { StateFolder } from "./state";

/** The fleet with its charts from the registry of the rig: the setting that companies use which mirror charts. */
export function withMirror(fleet: Fleet, registry: Pick<ChartRegistry, "url">): Fleet {
  return { ...fleet, chartMirror: { url: registry.url, insecure: true } };
}

/** Renders a fleet to a folder of the rig, and returns the folder. It is not the committed tree: charts come from elsewhere. */
export async function renderTo(state: StateFolder, fleet: Fleet, signal?: AbortSignal): Promise<string> {
  const target = join(state.path, "rendered");
  rmSync(target, { recursive: true, force: true });
  const staged = await stageTree(target, renderFleet(fleet, overlayOf), signal ? { signal } : {});
  return staged.folder;
}
