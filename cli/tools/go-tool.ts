import { createHash } from "node:crypto";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { binaryName, oneAtATime, placeAtomically } from "./cache";
import type { Estimates } from "./estimate";
import { runProgram } from "./process";

/** A program that is built from a Go module pinned below `tools/`. */
export interface GoTool {
  /** File name of the program. */
  readonly name: string;
  /** Folder of the pinned module with its go.mod and go.sum, relative to the repository. */
  readonly module: string;
  /** Package of the program; go.mod has a `tool` line for it. */
  readonly package: string;
  /** Linker flags beside `-s -w`, for example `-X main.version=v1.2.3`. */
  readonly ldflags?: readonly string[];
  /** What a first build costs, as a person should know it beforehand: `20 s on two cores`. */
  readonly cost: string;
  /** The same in numbers, for those who build several programs. */
  readonly estimates?: Estimates;
}

/** Where and how programs are looked for and made. */
export interface ToolContext {
  /** The repository. @default the current folder */
  readonly root?: string;
  /** @default the process's own */
  readonly env?: NodeJS.ProcessEnv;
  /** Takes what a person should know while waiting. */
  readonly note: (message: string) => void;
  /** Told when a build begins. @default a note of what it costs */
  readonly building?: (tool: GoTool) => void;
  readonly signal?: AbortSignal;
}

/** A program could not be built; the message says what to do. */
export class BuildError extends Error {}

const INSTALL_GO = "install Go 1.24 or newer from https://go.dev/dl";

/** The Go version that would build the module, or undefined without a Go that can. */
export async function goVersion(tool: GoTool, context: ToolContext): Promise<string | undefined> {
  const cwd = join(context.root ?? process.cwd(), tool.module);
  // go.mod may make an older Go fetch a newer one, so this can take a while the first time.
  const options = { cwd, env: environment(context), signal: context.signal, timeout: 120_000 };
  try {
    const { code, stdout } = await runProgram("go", ["env", "GOVERSION"], options);
    return code === 0 && stdout.trim() !== "" ? stdout.trim() : undefined;
  } catch {
    context.signal?.throwIfAborted();
    return undefined;
  }
}

/** Where the program belongs that this Go version builds from the module as it is now. */
export function builtPath(tool: GoTool, version: string, root = process.cwd()): string {
  const hash = createHash("sha256");
  for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(root, tool.module, file))).update("\0");
  hash.update(version).update("\0").update(linkerFlags(tool));
  return join(root, ".cache", "bin", binaryName(`${tool.name}-${hash.digest("hex").slice(0, 12)}`));
}

/** Builds the program into the project's cache, unless it is there, and returns its path. Throws {@link BuildError}. */
export async function buildGoTool(tool: GoTool, version: string, context: ToolContext): Promise<string> {
  const target = builtPath(tool, version, context.root);
  try {
    await oneAtATime(target, () => build(tool, version, target, context), context);
  } catch (error) {
    context.signal?.throwIfAborted();
    if (error instanceof BuildError) throw error;
    throw new BuildError(`${tool.name} could not be built: ${error instanceof Error ? error.message : String(error)}`);
  }
  return target;
}

async function build(tool: GoTool, version: string, target: string, context: ToolContext): Promise<void> {
  if (existsSync(target)) return;
  if (context.building) context.building(tool);
  else context.note(`building ${tool.name} from ${tool.module}/go.mod with ${version}, once: about ${tool.cost}`);
  const options = {
    cwd: join(context.root ?? process.cwd(), tool.module),
    env: environment(context),
    signal: context.signal,
  };
  await placeAtomically(target, async (temporary) => {
    const flags = ["-mod=readonly", "-trimpath", "-ldflags", linkerFlags(tool)];
    const { code, stderr } = await runProgram("go", ["build", ...flags, "-o", temporary, tool.package], options);
    if (code !== 0) throw new BuildError(explain(tool, stderr));
    chmodSync(temporary, 0o755);
  });
}

function linkerFlags(tool: GoTool): string {
  return ["-s", "-w", ...(tool.ldflags ?? [])].join(" ");
}

function environment({ env = process.env }: ToolContext): NodeJS.ProcessEnv {
  // A person's own settings of these would build something else, or nothing.
  const settings = { CGO_ENABLED: "0", GOFLAGS: "-buildvcs=false", GO111MODULE: "on", GOWORK: "off" };
  return { ...env, ...settings, GOOS: "", GOARCH: "" };
}

function explain(tool: GoTool, stderr: string): string {
  const said = stderr.trim().split("\n").slice(-8).join("\n");
  return `${tool.name} could not be built from ${tool.module}/go.mod. Fix: ${fixFor(tool, said)}. Go said:\n${said}`;
}

function fixFor(tool: GoTool, said: string): string {
  if (/no space left/i.test(said)) return "free some disk space and run again";
  if (/requires go >=|toolchain not available|unknown directive: tool/i.test(said)) return INSTALL_GO;
  if (/missing go\.sum entry|updates to go\.(mod|sum)|SECURITY ERROR|checksum mismatch/i.test(said)) {
    return `restore ${tool.module}/go.mod and go.sum from Git, or run \`go get -tool ${tool.package}\` there after a wanted change`;
  }
  if (/dial tcp|no such host|timeout|proxyconnect|connection refused|module lookup disabled/i.test(said)) {
    return `run once with a network that reaches Go's module proxy (GOPROXY), or put ${tool.name} on PATH`;
  }
  return `put ${tool.name} on PATH, or mend what Go complains about`;
}
