import { existsSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { binaryName } from "./cache";
import { DownloadError, downloadRelease, type Fetching, type Release, releasePath } from "./download";
import { BuildError, buildGoTool, builtPath, type GoTool, goVersion, type ToolContext } from "./go-tool";
import { fromVariable, isProgram, type Variables } from "./variables";

/** A program this project uses at exactly one version. */
export interface PinnedTool {
  readonly name: string;
  readonly version: string;
  /** How it is built when it cannot be had otherwise. */
  readonly go?: GoTool;
  /** Where it can be downloaded ready made. */
  readonly release?: Release;
  /** By which variables people name it. */
  readonly variables?: Variables;
  /** The version that a program says it has; undefined when it does not say. Throws when it is not the program at all. */
  readonly versionOf: (path: string, context: ToolContext) => Promise<string | undefined>;
  /** What becomes of a program on PATH that does not say its version. @default "taken", with a word */
  readonly unknownVersion?: "taken" | "refused";
}

/** A program that can be built, whatever else there is of it. */
export interface BuildableTool extends PinnedTool {
  readonly go: GoTool;
}

/** Where a program was found. */
export type Origin = "variable" | "PATH" | "cache" | "release" | "build";

/** A program that can be run. */
export interface FoundTool {
  readonly path: string;
  readonly version: string;
  readonly origin: Origin;
}

/** No program can be had; each line says what was tried and why it failed. */
export interface MissingTool {
  readonly missing: readonly string[];
  /** A person named a program that cannot be used, so that no other was looked for. */
  readonly refused?: true;
}

/** What may be tried, and how the network is reached. */
export interface FindOptions extends Fetching {
  /** @default true */
  readonly download?: boolean;
  /** @default true */
  readonly build?: boolean;
}

/** Why nothing is built where Go is missing or too old. */
export const NO_GO = "build: there is no Go that can build it (https://go.dev/dl)";

interface Search {
  readonly tool: PinnedTool;
  readonly context: ToolContext;
  readonly options: FindOptions;
  readonly missing: string[];
  /** Asking Go for its version takes as long as a small validation, so it is asked only when it matters, and once. */
  readonly go: () => Promise<string | undefined>;
}

/** Finds a program where a variable says, on PATH, in the project's cache, in its release, or builds it, in that order. */
export async function findTool(
  tool: PinnedTool,
  context: ToolContext,
  options: FindOptions = {},
): Promise<FoundTool | MissingTool> {
  let version: Promise<string | undefined> | undefined;
  const go = () => {
    version ??= tool.go ? goVersion(tool.go, context) : Promise.resolve(undefined);
    return version;
  };
  const search: Search = { tool, context, options, missing: [], go };
  for (const step of [named, onPath, inCache, fromRelease, fromSource]) {
    const found = await step(search);
    if (found) return found;
  }
  return { missing: search.missing };
}

/** Builds a program with the Go of this version into the project's cache, unless it is there. */
export async function buildTool(
  { version, go }: BuildableTool,
  goHere: string,
  context: ToolContext,
): Promise<FoundTool | MissingTool> {
  try {
    return { path: await buildGoTool(go, goHere, context), version, origin: "build" };
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return { missing: [`build: ${error.message}`] };
  }
}

/** Whether a search found nothing. */
export function isMissing(found: FoundTool | MissingTool): found is MissingTool {
  return "missing" in found;
}

function named({ tool, context, missing }: Search): Promise<FoundTool | MissingTool | undefined> {
  return fromVariable(tool, context, missing);
}

async function onPath({ tool, context, missing }: Search): Promise<FoundTool | undefined> {
  const programs = programsNamed(tool.name, context.env ?? process.env);
  for (const path of programs) {
    try {
      const version = await tool.versionOf(path, context);
      if (version === tool.version) return { path, version, origin: "PATH" };
      if (version === undefined && tool.unknownVersion === "refused") {
        missing.push(`PATH: ${path} does not say its version`);
        context.note(`${path} does not say its version; leaving it aside`);
        continue;
      }
      if (version === undefined) {
        context.note(`${path} does not say its version; taking it for ${tool.version}`);
        return { path, version: "of unknown version", origin: "PATH" };
      }
      missing.push(`PATH: ${path} is ${version}, not ${tool.version}`);
      context.note(`${path} is ${version}, but ${tool.version} is pinned; leaving it aside`);
    } catch (error) {
      context.signal?.throwIfAborted();
      missing.push(`PATH: ${path} does not work: ${error instanceof Error ? error.message : String(error)}`);
      context.note(`${path} does not work; leaving it aside`);
    }
  }
  if (programs.length === 0) missing.push(`PATH: no ${tool.name}`);
  return undefined;
}

async function inCache({ tool, context, options, missing, go }: Search): Promise<FoundTool | undefined> {
  // A program from a release needs neither network nor Go to be found again, so it comes first.
  const released = tool.release && releasePath(tool.release, context.root, options.system);
  if (released && existsSync(released)) return { path: released, version: tool.version, origin: "cache" };
  const version = await go();
  const built = tool.go && version !== undefined ? builtPath(tool.go, version, context.root) : undefined;
  if (built && existsSync(built)) return { path: built, version: tool.version, origin: "cache" };
  missing.push("project cache: nothing yet");
  return undefined;
}

async function fromRelease({ tool, context, options, missing }: Search): Promise<FoundTool | undefined> {
  if (!tool.release || options.download === false) return undefined;
  try {
    const path = await downloadRelease(tool.release, context, options);
    return { path, version: tool.version, origin: "release" };
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    missing.push(`release: ${error.message}`);
    context.note(`no release of ${tool.name}: ${error.message}`);
    return undefined;
  }
}

async function fromSource({ tool, options, missing, context, go }: Search): Promise<FoundTool | undefined> {
  if (!tool.go || options.build === false) return undefined;
  const version = await go();
  const built =
    version === undefined ? { missing: [NO_GO] } : await buildTool({ ...tool, go: tool.go }, version, context);
  if (!isMissing(built)) return built;
  missing.push(...built.missing);
  return undefined;
}

function programsNamed(name: string, env: NodeJS.ProcessEnv): readonly string[] {
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const programs = folders.map((folder) => join(folder, binaryName(name))).filter(isProgram);
  // Where /bin is /usr/bin, a program is there once.
  const files = programs.map((path) => realpathSync(path));
  return programs.filter((_, index) => files.indexOf(files[index] ?? "") === index);
}
