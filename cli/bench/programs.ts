import { findTool, isMissing, type PinnedTool } from "../tools/find";

/** Where a peer is, built if need be. Throws when it cannot be had. */
export async function programOf(tool: PinnedTool): Promise<string> {
  const found = await findTool(tool, { note: (message) => console.error(message) });
  if (isMissing(found)) throw new Error(`${tool.name} cannot be had:\n${found.missing.join("\n")}`);
  return found.path;
}
