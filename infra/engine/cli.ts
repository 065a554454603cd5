import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { BuildError, buildGoTool, builtPath, type GoTool, goVersion, type ToolContext } from "../../cli/tools/go-tool";
import { runProgram } from "../../cli/tools/process";

/** Version of the CLI in tools/pulumi/go.mod. */
export const PULUMI_VERSION = "3.259.0";

const TOOL: GoTool = {
  name: "pulumi",
  module: "tools/pulumi",
  package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  // Without it the CLI calls itself a development version, which the Automation API refuses.
  ldflags: [`-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${PULUMI_VERSION}`],
  cost: "200 s on two cores and 4 GB of Go's caches",
};

/** The Pulumi CLI that runs the engine. */
export interface PulumiCli {
  readonly path: string;
  readonly version: string;
  readonly origin: "PATH" | "cache" | "build";
}

/** There is no Pulumi CLI; the message says what was tried and what to do. */
export class NoPulumi extends Error {}

/**
 * Finds the Pulumi CLI: on PATH it is used as it is, else it is built once from its pinned Go module.
 * Throws {@link NoPulumi} when neither works.
 */
export async function findPulumi(context: ToolContext): Promise<PulumiCli> {
  return (await onPath(context)) ?? (await built(context));
}

async function onPath(context: ToolContext): Promise<PulumiCli | undefined> {
  const folders = (context.env ?? process.env)["PATH"]?.split(delimiter) ?? [];
  for (const path of folders.filter(Boolean).map((folder) => join(folder, "pulumi"))) {
    if (!existsSync(path)) continue;
    const version = await versionOf(path, context);
    if (version) return { path, version, origin: "PATH" };
    context.note(`${path} does not say its version; leaving it aside`);
  }
  return undefined;
}

async function built(context: ToolContext): Promise<PulumiCli> {
  const go = await goVersion(TOOL, context);
  if (!go) {
    throw new NoPulumi(
      "the Pulumi CLI is not on PATH, and Go to build it with is not installed. Fix: https://www.pulumi.com/docs/install or https://go.dev/dl",
    );
  }
  const path = builtPath(TOOL, go, context.root);
  if (existsSync(path)) return { path, version: PULUMI_VERSION, origin: "cache" };
  try {
    return { path: await buildGoTool(TOOL, go, context), version: PULUMI_VERSION, origin: "build" };
  } catch (error) {
    if (error instanceof BuildError)
      throw new NoPulumi(`the Pulumi CLI is not on PATH, and it cannot be built: ${error.message}`);
    throw error;
  }
}

async function versionOf(path: string, { env = process.env, signal }: ToolContext): Promise<string | undefined> {
  const { code, stdout } = await runProgram(path, ["version"], {
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    signal,
    timeout: 30_000,
  });
  return code === 0 ? /^v?(\d+\.\d+\.\d+\S*)/.exec(stdout.trim())?.[1] : undefined;
}
