import { join, resolve } from "node:path";
import { wantsExisting } from "../../cli/live/existing";
import { isKept, keptOf } from "../../cli/live/kept";
import { type StateFolder, stateFolder } from "../../cli/live/state";

/** The repository. */
export const ROOT = resolve(__dirname, "..", "..");

/** Where the tests' rig lies. `LIVE_STATE` names another place, which may hold a rig that is up already and then stays up. */
export function place(): StateFolder {
  const named = process.env["LIVE_STATE"];
  return stateFolder(named ? resolve(named) : join(ROOT, ".cache", "test-live"));
}

/** Throws where the tests would run on somebody's cluster: they kill API servers, fill disks and push what is bad. */
export function refuseExisting(state = place(), env = process.env): void {
  if (wantsExisting(env))
    throw new Error(
      "USE_EXISTING_CLUSTER is set, but the live tests run on API servers of their own only. Fix: unset it",
    );
  if (isKept(state) && keptOf(state).isExisting)
    throw new Error(
      `The rig in ${state.path} is on clusters that exist, and the live tests run on API servers of their own only. Fix: unset LIVE_STATE`,
    );
}

/** Clusters that take part. `LIVE_CLUSTERS=app2` brings up fewer while a test is written. */
export function clusters(): readonly string[] | undefined {
  return process.env["LIVE_CLUSTERS"]?.split(",");
}

/** Whether everything is asked for, not the bounded selection. */
export const FULL = process.env["LIVE_FULL"] === "true";
