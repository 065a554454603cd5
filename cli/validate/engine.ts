import { join } from "node:path";
import {
  findKubeconform,
  isMissing,
  KubeconformError,
  runKubeconform,
  type SchemaFinding,
  type SchemaProblem,
  type SchemaResult,
} from "../kubeconform";
import type { FindOptions } from "../tools/find";
import type { ToolContext } from "../tools/go-tool";
import { checkInProcess } from "./builtin";
import { RULES, type RuleId } from "./catalogue";
import type { Tree } from "./tree";
import type { Finding, ObjectRef } from "./types";

/** What checks schemas. */
export type EngineName = "kubeconform" | "builtin";

/** What a schema engine says of a tree. */
export interface EngineReport {
  /** The engine and its version. */
  readonly engine: string;
  readonly findings: readonly Finding[];
  readonly warning?: string;
  /** Whether the check could not be done as it must be. */
  readonly isFailed: boolean;
}

/** How the engine is chosen and run. */
export interface EngineOptions {
  readonly context: ToolContext;
  readonly find?: FindOptions;
  /** Folder of the imported definitions. */
  readonly imports: string;
  /** @default kubeconform, and builtin where it cannot be had */
  readonly engine?: EngineName;
  /** Whether a missing kubeconform is a failure. */
  readonly isCi: boolean;
}

/**
 * Starts the check of a folder's schemas; the result needs the tree as it was read meanwhile, for what kubeconform does not know.
 */
export async function startEngine(
  folder: string,
  options: EngineOptions,
): Promise<(tree: Tree) => Promise<EngineReport>> {
  const schemas = join(options.imports, "schemas");
  const builtin = async (tree: Tree): Promise<EngineReport> => ({
    engine: "the built-in check",
    findings: translated(await checkInProcess(tree.manifests, schemas), tree),
    isFailed: false,
  });
  if (options.engine === "builtin") {
    return async (tree) => ({
      ...(await builtin(tree)),
      warning: "WARNING: kubeconform did not run, by wish (--engine builtin).",
    });
  }
  const found = await findKubeconform(options.context, options.find);
  if (isMissing(found)) {
    const isFailed = options.isCi || options.engine === "kubeconform";
    return async (tree) => withoutKubeconform(await builtin(tree), found.missing, isFailed);
  }
  const engine = `kubeconform ${found.version}`;
  const { env, signal } = options.context;
  const running = settled(runKubeconform(folder, { program: found.path, schemas, env, signal }));
  return async (tree) => {
    const result = await running;
    if ("error" in result) return failed(engine, result.error);
    return { engine, findings: translated(result.value, tree), isFailed: false };
  };
}

type Settled<T> = { readonly value: T } | { readonly error: unknown };

// The caller reads the tree before it asks for the result, and a rejection that nobody waits for ends the process.
function settled<T>(promise: Promise<T>): Promise<Settled<T>> {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

function failed(engine: string, error: unknown): EngineReport {
  if (!(error instanceof KubeconformError)) throw error;
  return { engine, findings: [onTree("engine/failed", error.message)], isFailed: true };
}

function withoutKubeconform(report: EngineReport, missing: readonly string[], isFailed: boolean): EngineReport {
  const tried = missing.map((line) => `  - ${line}`).join("\n");
  const said = "kubeconform did NOT run; only the built-in schema check did";
  if (!isFailed) return { ...report, warning: `WARNING: ${said}. Fix: ${RULES["engine/missing"].fix}.\n${tried}` };
  const finding = onTree("engine/missing", `${said}, which is not enough here:\n${tried}`);
  return { ...report, findings: [finding, ...report.findings], isFailed };
}

function onTree(rule: RuleId, reason: string): Finding {
  return { rule, file: "", path: "", reason, fix: RULES[rule].fix };
}

const RULE_OF: Readonly<Record<SchemaProblem, RuleId>> = {
  invalid: "schema/invalid",
  "unknown-kind": "schema/unknown-kind",
  unreadable: "schema/unreadable",
};

/** An engine's findings as ours, with the namespaces that kubeconform leaves out, and one for each manifest that it passed over. */
function translated({ findings, judged }: SchemaResult, tree: Tree): readonly Finding[] {
  const unreadable = new Set(tree.manifests.filter(({ error }) => error !== undefined).map(({ file }) => file));
  const refs = new Map(tree.objects.map(({ file, ref }) => [keyOf(file, ref), ref]));
  const own = findings.filter(({ file, problem }) => problem !== "unreadable" || !unreadable.has(file));
  return [
    ...own.map((finding) => asFinding(finding, refs)),
    ...tree.manifests
      // Files without an object, and those that cannot be read, are findings of the layout.
      .filter(
        ({ file, documents, error }) =>
          error === undefined && documents.some((document) => document !== null) && !judged.has(file),
      )
      .map(
        ({ file }): Finding => ({
          ...onTree("schema/not-checked", "the schema check passed over it"),
          file,
        }),
      ),
  ];
}

function asFinding(
  { file, problem, object, path, message }: SchemaFinding,
  refs: ReadonlyMap<string, ObjectRef>,
): Finding {
  const rule = RULE_OF[problem];
  const ref = object && (refs.get(keyOf(file, object)) ?? object);
  return { rule, file, ...(ref ? { object: ref } : {}), path, reason: message, fix: RULES[rule].fix };
}

function keyOf(file: string, { apiVersion, kind, name }: ObjectRef): string {
  return JSON.stringify([file, apiVersion, kind, name]);
}
