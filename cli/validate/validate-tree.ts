import { statSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { FindOptions } from "../tools/find";
import type { ToolContext } from "../tools/go-tool";
import { MARK } from "../tree/folder";
import { RULES } from "./catalogue";
import { type EngineName, startEngine } from "./engine";
import { applyRules } from "./rules";
import { readScopes } from "./scopes";
import { readTree } from "./tree";
import { compareText, type Finding, type ValidationReport } from "./types";

/** How a tree is validated. */
export interface ValidateOptions {
  /** The folder's name in the report, where it is not the final one. @default the folder, relative to the current one */
  readonly shownAs?: string;
  /** @default kubeconform, and the built-in check where kubeconform cannot be had */
  readonly engine?: EngineName;
  /** Folder of the imported definitions: `origins.json` and `schemas/`. @default imports */
  readonly imports?: string;
  readonly signal?: AbortSignal;
  /** Takes what a person should know while waiting, for example of a build. @default to standard error */
  readonly note?: (message: string) => void;
  /** @default the process's own; with CI=true a missing kubeconform is a failure */
  readonly env?: NodeJS.ProcessEnv;
  /** The repository, in which tools are cached and built. @default the current folder */
  readonly root?: string;
  /** What may be tried to find kubeconform. */
  readonly find?: FindOptions;
}

/** The validation could not begin; the message says how to mend it. */
export class ValidateError extends Error {}

/** Validates every manifest of a rendered tree: its schemas, and what schemas cannot say. */
export async function validateTree(folder: string, options: ValidateOptions = {}): Promise<ValidationReport> {
  const { root = process.cwd(), env = process.env, signal } = options;
  const imports = resolve(root, options.imports ?? "imports");
  refuseMissing(folder);
  const scopes = scopesOf(imports);
  const note = options.note ?? ((message) => console.error(message));
  const context: ToolContext = { root, env, note, ...(signal ? { signal } : {}) };
  const isCi = ["true", "1"].includes(env["CI"] ?? "");
  const { engine, find } = options;
  const finish = await startEngine(folder, {
    context,
    imports,
    isCi,
    ...(engine ? { engine } : {}),
    ...(find ? { find } : {}),
  });
  // Reading the tree keeps this process busy while kubeconform works in its own.
  const tree = readTree(folder, [MARK.file]);
  const own = applyRules({ tree, scopes });
  const report = await finish(tree);
  signal?.throwIfAborted();
  const findings = [...(tree.manifests.length === 0 ? [empty()] : []), ...own, ...report.findings].sort(
    compareFindings,
  );
  return {
    folder: options.shownAs ?? shown(folder),
    engine: report.engine,
    files: tree.files,
    objects: tree.objects.length,
    findings,
    ...(report.warning === undefined ? {} : { warning: report.warning }),
    exitCode: report.isFailed ? 2 : findings.length > 0 ? 1 : 0,
  };
}

function refuseMissing(folder: string): void {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return;
  const fix = "Fix: run `make synth`, or name the folder that holds the manifests";
  throw new ValidateError(stat ? `${folder} is no folder. ${fix}` : `There is no folder ${folder}. ${fix}`);
}

function scopesOf(imports: string): ReturnType<typeof readScopes> {
  try {
    return readScopes(imports);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new ValidateError(
      `The imported definitions cannot be read (${said}). Fix: restore imports/ from Git, or run \`npm run import\``,
    );
  }
}

function empty(): Finding {
  const rule = "tree/empty";
  return { rule, file: "", path: "", reason: "there is no manifest in it", fix: RULES[rule].fix };
}

function compareFindings(one: Finding, other: Finding): number {
  return (
    compareText(one.file, other.file) ||
    compareText(one.path, other.path) ||
    compareText(one.rule, other.rule) ||
    compareText(one.reason, other.reason)
  );
}

function shown(folder: string): string {
  const inside = relative(process.cwd(), resolve(folder));
  return inside.startsWith("..") ? resolve(folder) : inside || ".";
}
