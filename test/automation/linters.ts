import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { binaryName, oneAtATime } from "../../cli/tools/cache";
import { findTool, isMissing, type PinnedTool } from "../../cli/tools/find";
import type { ToolContext } from "../../cli/tools/go-tool";
import { runProgram } from "../../cli/tools/process";

/** This repository. */
export const ROOT = resolve(__dirname, "..", "..");

// The same version is in tools/actionlint/go.mod; a test holds the two together.
const VERSION = "v1.7.12";

/** Checks workflows for what GitHub would refuse or would not do. */
export const ACTIONLINT: PinnedTool = {
  name: "actionlint",
  version: VERSION,
  go: {
    name: "actionlint",
    module: "tools/actionlint",
    package: "github.com/rhysd/actionlint/cmd/actionlint",
    ldflags: [`-X github.com/rhysd/actionlint.version=${VERSION.slice(1)}`],
    cost: "10 s on two cores",
  },
  versionOf: async (path, { env, signal }) => {
    const { stdout } = await runProgram(path, ["-version"], { env, signal, timeout: 10_000 });
    const said = /^v?(\d+\.\d+\.\d+)$/m.exec(stdout)?.[1];
    return said ? `v${said}` : undefined;
  },
};

/** What lints the workflows, as far as it can be had. */
export interface Linters {
  readonly actionlint?: string;
  readonly zizmor?: string;
  readonly shellcheck?: string;
}

const REQUIREMENTS = "tools/actionlint/requirements.txt";

/** Finds, builds or installs the linters. With CI=true a missing one is an error; otherwise it is a loud word. */
export async function findLinters(): Promise<Linters> {
  const context: ToolContext = { root: ROOT, note: (message) => process.stderr.write(`${message}\n`) };
  const actionlint = await findTool(ACTIONLINT, context);
  if (isMissing(actionlint)) notRun(`actionlint ${VERSION}:\n${actionlint.missing.join("\n")}`);
  const folder = await pythonTools(context);
  return {
    ...(isMissing(actionlint) ? {} : { actionlint: actionlint.path }),
    ...(folder
      ? { zizmor: join(folder, binaryName("zizmor")), shellcheck: join(folder, binaryName("shellcheck")) }
      : {}),
  };
}

/** The folder of the programs that are pinned, with their checksums, as Python wheels. */
async function pythonTools(context: ToolContext): Promise<string | undefined> {
  const hash = createHash("sha256")
    .update(readFileSync(join(ROOT, REQUIREMENTS)))
    .update(`${process.platform}-${process.arch}`);
  const target = join(ROOT, ".cache", "bin", `workflow-linters-${hash.digest("hex").slice(0, 12)}`);
  try {
    await oneAtATime(target, () => install(target), context);
    return join(target, "bin");
  } catch (error) {
    notRun(`zizmor and ShellCheck: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

async function install(target: string): Promise<void> {
  if (existsSync(target)) return;
  const temporary = mkdtempSync(`${target}.tmp-`);
  try {
    const pinned = [
      "--require-hashes",
      "--no-deps",
      "--only-binary",
      ":all:",
      "--requirement",
      join(ROOT, REQUIREMENTS),
    ];
    const quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-warn-script-location"];
    const args = ["-m", "pip", "install", ...quiet, ...pinned, "--target", temporary];
    const { code, stderr } = await runProgram("python3", args, { timeout: 240_000 });
    if (code !== 0) throw new Error(`pip could not install ${REQUIREMENTS}. It said:\n${stderr.trim().slice(-1500)}`);
    renameSync(temporary, target);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function notRun(what: string): void {
  const message = `NOT RUN, for it cannot be had: ${what}`;
  if (process.env["CI"] === "true") throw new Error(message);
  process.stderr.write(`${message}\n`);
}
