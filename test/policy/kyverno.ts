import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { KubernetesObject } from "../../base/object";
import { findTool, isMissing } from "../../cli/tools/find";
import { KYVERNO } from "../../cli/tools/kyverno";
import { runProgram } from "../../cli/tools/process";

/** What a policy said of an object. */
export interface Verdict {
  readonly policy: string;
  readonly kind: string;
  readonly name: string;
  readonly result: "pass" | "fail" | "warn" | "error" | "skip";
  readonly message: string;
}

/** The program's names: as a kubectl plugin, and in its releases. */
const NAMES = [KYVERNO.name, "kyverno"] as const;

/** A check that did not run has failed. */
const CI = process.env["CI"] === "true";
/** A first build takes minutes, so it begins only where it was asked for. */
const BUILD = CI || process.env["npm_lifecycle_event"] === "test:policy";

/** Whether the search for Kyverno can find anything at all, so that its checks can be shown as skipped otherwise. */
export function mayFindKyverno(): boolean {
  if (BUILD || process.env["KYVERNO_CLI"]) return true;
  const cached = (file: string) => file.startsWith(KYVERNO.name);
  if (existsSync(".cache/bin") && readdirSync(".cache/bin").some(cached)) return true;
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.some((folder) => NAMES.some((name) => existsSync(join(folder, name))));
}

/**
 * Kyverno's command line: what KYVERNO_CLI names, or the pinned version on PATH or in the project's cache, or built. Undefined when
 * none can be had, with a word on standard error; with CI=true that throws.
 */
export async function findKyverno(): Promise<string | undefined> {
  const named = process.env["KYVERNO_CLI"];
  if (named) return named;
  const note = (message: string) => console.warn(message);
  const missing: string[] = [];
  for (const name of NAMES) {
    const found = await findTool({ ...KYVERNO, name }, { note }, { build: BUILD && name === NAMES.at(-1) });
    if (!isMissing(found)) return found.path;
    missing.push(...found.missing);
  }
  const message = `NOT RUN: what the policies refuse and admit, for want of Kyverno's command line ${KYVERNO.version}. \`npm run test:policy\` builds it.\n${missing.join("\n")}`;
  if (CI) throw new Error(message);
  console.warn(message);
  return undefined;
}

/** Lets policies judge manifests: the objects in a folder, or these. */
export async function judge(
  program: string,
  policies: readonly KubernetesObject[],
  manifests: string | readonly KubernetesObject[],
): Promise<readonly Verdict[]> {
  const folder = mkdtempSync(join(tmpdir(), "policy-"));
  try {
    write(join(folder, "policies"), policies);
    if (typeof manifests === "string") cpSync(manifests, join(folder, "resources"), { recursive: true });
    else write(join(folder, "resources"), manifests);
    const args = ["apply", "policies", "--resource", "resources", "--policy-report", "--output-format", "json"];
    // A cluster's answers would be mixed in if a kubeconfig were found.
    const env = { ...process.env, KUBECONFIG: join(folder, "none"), HOME: folder };
    let stdout = "";
    const onStdout = (chunk: string) => {
      stdout += chunk;
    };
    const { stderr } = await runProgram(program, args, { cwd: folder, env, onStdout, timeout: 60_000 });
    return verdicts(stdout, stderr);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(folder: string, objects: readonly KubernetesObject[]): void {
  mkdirSync(folder);
  objects.forEach((object, index) => {
    writeFileSync(join(folder, `${index}.yaml`), JSON.stringify(object));
  });
}

interface Report {
  readonly results?: readonly {
    readonly policy: string;
    readonly result: Verdict["result"];
    readonly message: string;
    readonly resources: readonly { readonly kind: string; readonly name: string }[];
  }[];
}

function verdicts(stdout: string, stderr: string): readonly Verdict[] {
  let report: Report;
  try {
    report = JSON.parse(stdout) as Report;
  } catch {
    throw new Error(`Kyverno gave no report: ${stdout.slice(0, 500)} ${stderr.slice(0, 2000)}`);
  }
  return (report.results ?? []).flatMap(({ policy, result, message, resources }) =>
    resources.map(({ kind, name }) => ({ policy, kind, name, result, message })),
  );
}
