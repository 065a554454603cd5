import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";
import { binaryName } from "./cache";
import type { FoundTool, MissingTool, PinnedTool } from "./find";
import type { ToolContext } from "./go-tool";
import { sameMinor } from "./version";

/** Environment variables by which people say which program is to be used, as controller-runtime's envtest has them. */
export interface Variables {
  /** Holds the program's path. Comes before the folder. */
  readonly file: string;
  /** Holds the path of a folder with the program in it. */
  readonly folder: string;
}

/**
 * The program that an environment variable names: of the pinned version, or with a word of another patch. One of another minor is
 * left aside with a word. What cannot be used at all is an error, since somebody wanted it.
 */
export async function fromVariable(
  tool: PinnedTool,
  context: ToolContext,
  missing: string[],
): Promise<FoundTool | MissingTool | undefined> {
  const named = nameOf(tool, context.env ?? process.env);
  if (!named) return undefined;
  const { variable, path } = named;
  const unusable = (why: string): MissingTool => ({
    missing: [`${variable}: ${path} ${why}. Fix: let ${variable} name ${tool.name}, or unset it`],
    refused: true,
  });
  if (!isProgram(path)) return unusable("is no program");
  try {
    const version = await tool.versionOf(path, context);
    if (version === undefined) return unusable("does not say its version");
    const found: FoundTool = { path, version, origin: "variable" };
    if (version === tool.version) return found;
    if (sameMinor(version, tool.version)) {
      context.note(`${path} is ${version}, not ${tool.version}; taking it, since ${variable} names it`);
      return found;
    }
    missing.push(`${variable}: ${path} is ${version}, not ${tool.version}`);
    context.note(`${path}, which ${variable} names, is ${version}, but ${tool.version} is pinned; leaving it aside`);
    return undefined;
  } catch (error) {
    context.signal?.throwIfAborted();
    return unusable(`does not work: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Whether there is a file that this process may execute. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function nameOf({ name, variables }: PinnedTool, env: NodeJS.ProcessEnv) {
  if (!variables) return undefined;
  const file = env[variables.file];
  if (file) return { variable: variables.file, path: file };
  const folder = env[variables.folder];
  return folder ? { variable: variables.folder, path: join(folder, binaryName(name)) } : undefined;
}
