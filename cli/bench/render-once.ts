import { renderCluster } from "../../main";
import { say } from "../say";
import { swapIn } from "../tree/swap";
import { stageTree } from "../tree/write";
import { inState } from "./change";
import { syntheticFleet } from "./fleet";
import type { RenderOptions } from "./options";

/** Renders a synthetic fleet, and prints how many objects it has and what memory it took: what the measured processes run. */
export async function renderOnce({ render, to, state }: RenderOptions): Promise<void> {
  const { fleet, overlayOf } = syntheticFleet(render);
  const clusters = (function* () {
    for (const { name } of fleet.clusters) {
      const cluster = renderCluster(fleet, name, overlayOf(name));
      yield state === undefined ? cluster : inState(cluster, state);
    }
  })();
  const staged = await stageTree(to, clusters);
  const objects = staged.changes.reduce((sum, cluster) => sum + cluster.objects, 0);
  swapIn(staged, to);
  say(JSON.stringify({ objects, peakKiB: process.resourceUsage().maxRSS }));
}
