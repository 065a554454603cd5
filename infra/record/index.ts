import type { RecordedResource, Recording, RecordOptions } from "./types";

export { recorded } from "./cached";
export { PROJECT, SAMPLE_CONFIG, SECRET_KEYS } from "./config";
export { type Graph, graphOf } from "./graph";
export type { RecordedResource, Recording, RecordOptions } from "./types";

/** Runs the program without engine, provider or network, and returns what it leaves behind. One run at a time: the SDK's state is global. */
export async function recordRun(options: RecordOptions): Promise<Recording> {
  // Loaded when needed: the SDK takes half a second, and who reads a recording from the cache does without.
  const run = require("./run") as typeof import("./run");
  return run.recordRun(options);
}

/** As {@link recordRun}, but returns the resources only. */
export async function recordProgram(options: RecordOptions): Promise<readonly RecordedResource[]> {
  return (await recordRun(options)).resources;
}
