import { type FindOptions, type FoundTool, findTool, type MissingTool } from "../tools/find";
import type { ToolContext } from "../tools/go-tool";
import { KUBECONFORM } from "./tool";

export { isMissing } from "../tools/find";
export { KubeconformError, type RunOptions, runKubeconform } from "./run";
export type { ObjectRef, SchemaFinding, SchemaProblem, SchemaResult } from "./types";

/** Finds kubeconform on PATH, in the project's cache, in its pinned release, or builds its pinned Go module, in that order. */
export function findKubeconform(context: ToolContext, options?: FindOptions): Promise<FoundTool | MissingTool> {
  return findTool(KUBECONFORM, context, options);
}
