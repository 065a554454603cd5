import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isJson } from "./schema";

/** A module as `go mod download -json` tells about it. */
export interface GoModule {
  readonly Path: string;
  readonly Version: string;
  readonly Dir?: string;
  readonly Sum?: string;
  readonly Error?: string;
}

/** Downloads modules into Go's cache; a text says why Go could not be asked at all. */
export async function downloadModules(names: readonly string[]): Promise<readonly GoModule[] | string> {
  if (names.length === 0) return [];
  // Inside a module Go would ask for that module's own requirements, so it runs where there is none.
  const folder = await mkdtemp(join(tmpdir(), "import-"));
  try {
    const output = await runGo(["mod", "download", "-json", ...names], folder);
    return typeof output === "string" ? output : parseModules(output.stdout, output.stderr);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runGo(args: readonly string[], cwd: string): Promise<{ stdout: string; stderr: string } | string> {
  return new Promise((resolve) => {
    const child = spawn("go", args, {
      cwd,
      env: { ...process.env, GO111MODULE: "on", GOWORK: "off" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
    child.on("error", () =>
      resolve(
        "go: not found on PATH. The definitions come from Go modules; install Go 1.21 or newer (https://go.dev/dl).",
      ),
    );
    child.on("close", () => resolve({ stdout, stderr }));
  });
}

/** Reads the objects that `go mod download -json` prints one after another; a text says why that is impossible. */
export function parseModules(stdout: string, stderr: string): readonly GoModule[] | string {
  try {
    const modules = stdout
      .split(/^(?=\{)/m)
      .filter((text) => text.trim() !== "")
      .map((text): unknown => JSON.parse(text))
      .filter(isGoModule);
    if (modules.length > 0) return modules;
  } catch {
    // What Go printed instead of modules stands in the error below.
  }
  return `go mod download: no answer that can be read: ${stderr.trim() || stdout.trim() || "it printed nothing"}`;
}

function isGoModule(value: unknown): value is GoModule {
  return isJson(value) && typeof value["Path"] === "string" && typeof value["Version"] === "string";
}
