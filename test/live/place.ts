import { join, resolve } from "node:path";
import { type StateFolder, stateFolder } from "../../cli/live/state";

/** The repository. */
export const ROOT = resolve(__dirname, "..", "..");

/** Where the tests' rig lies. `LIVE_STATE` names another place, which may hold a rig that is up already and then stays up. */
export function place(): StateFolder {
  const named = process.env["LIVE_STATE"];
  return stateFolder(named ? resolve(named) : join(ROOT, ".cache", "test-live"));
}

/** Clusters that take part. `LIVE_CLUSTERS=app2` brings up fewer while a test is written. */
export function clusters(): readonly string[] | undefined {
  return process.env["LIVE_CLUSTERS"]?.split(",");
}

/** Whether everything is asked for, not the bounded selection. */
export const FULL = process.env["LIVE_FULL"] === "true";
