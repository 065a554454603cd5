import { realpathSync } from "node:fs";
import { availableParallelism } from "node:os";
import { relative, resolve, sep } from "node:path";
import { type Exit, runProgram } from "../tools/process";
import { readElements } from "./elements";
import { readingError, violationsIn } from "./messages";
import type { ObjectRef, SchemaFinding, SchemaProblem, SchemaResult } from "./types";

/** kubeconform did not do its work; nothing is known about the manifests. */
export class KubeconformError extends Error {}

/** How kubeconform is run. */
export interface RunOptions {
  /** The program. */
  readonly program: string;
  /** Folder with `<group>/<kind>_<version>.json`, the core group's below `core/`. */
  readonly schemas: string;
  readonly signal?: AbortSignal;
  /** @default the process's own */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Where a kind's schema is, relative to the schema folder. One location only: with the usual second one for the core group,
 * `apiVersion: anything/v1` of kind Service would be checked against the core group's Service.
 */
const SCHEMA_LOCATION =
  '{{if eq .KindSuffix (printf "-%s" .ResourceAPIVersion)}}core{{else if eq .Group "core"}}no-such-group{{else}}{{.Group}}{{end}}' +
  "/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json";

const LONGEST_RUN = 10 * 60_000;

interface Result {
  readonly filename: string;
  readonly kind: string;
  readonly name: string;
  readonly version: string;
  readonly status: string;
  readonly msg: string;
}

/**
 * Runs kubeconform over a folder, strictly and without the network, and reads its results as they come. Throws
 * {@link KubeconformError} when it does not end as it should.
 */
export async function runKubeconform(folder: string, options: RunOptions): Promise<SchemaResult> {
  // kubeconform does not follow links, not even the folder it is given.
  const root = realpathSync(folder);
  const findings: SchemaFinding[] = [];
  const judged = new Set<string>();
  let objects = 0;
  const elements = readElements((element) => {
    if (!isResult(element)) throw new KubeconformError("it prints something else than results");
    // An empty status is a file, or a part of one, without an object.
    if (element.status === "") return;
    objects += 1;
    const file = shown(root, element.filename);
    judged.add(file);
    findings.push(...findingsOf(element, file));
  });
  const exit = await start(root, options, (chunk) => elements.push(chunk));
  if (!elements.isComplete() || (exit.code === 0) !== (findings.length === 0))
    throw new KubeconformError(explain(exit));
  return { findings, judged, objects };
}

async function start(root: string, options: RunOptions, onStdout: (chunk: string) => void): Promise<Exit> {
  const { program, schemas, signal, env } = options;
  const workers = String(Math.max(4, availableParallelism()));
  const args = ["-strict", "-verbose", "-output", "json", "-n", workers, "-schema-location", SCHEMA_LOCATION, root];
  try {
    // Relative locations from inside the schema folder: a location is a template and a URL, and paths may hold anything.
    return await runProgram(program, args, { cwd: resolve(schemas), env, signal, timeout: LONGEST_RUN, onStdout });
  } catch (error) {
    signal?.throwIfAborted();
    throw new KubeconformError(`${program} does not work: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function explain({ code, stderr }: Exit): string {
  const how = code === null ? "was stopped" : `ended with exit code ${code}`;
  const said = stderr.trim().split("\n").slice(-8).join("\n");
  return `kubeconform ${how} without complete results${said === "" ? "" : `:\n${said}`}`;
}

function findingsOf(result: Result, file: string): readonly SchemaFinding[] {
  const object = objectOf(result);
  const finding = (problem: SchemaProblem, path: string, message: string): SchemaFinding => ({
    file,
    problem,
    ...(object ? { object } : {}),
    path,
    message,
  });
  switch (result.status) {
    case "statusValid":
      return [];
    case "statusInvalid":
      return violationsIn(result.msg).map(({ path, message }) => finding("invalid", path, message));
    case "statusError":
      return result.msg.startsWith("could not find schema for")
        ? [finding("unknown-kind", "", `no schema for ${result.kind} of ${result.version}`)]
        : [finding("unreadable", "", readingError(result.msg))];
    default:
      return [finding("unreadable", "", `kubeconform did not check it (${result.status})`)];
  }
}

function objectOf({ version, kind, name }: Result): ObjectRef | undefined {
  return version === "" && kind === "" && name === "" ? undefined : { apiVersion: version, kind, name };
}

function shown(root: string, path: string): string {
  return relative(root, path).split(sep).join("/");
}

function isResult(value: unknown): value is Result {
  if (typeof value !== "object" || value === null) return false;
  const fields = ["filename", "kind", "name", "version", "status", "msg"] as const;
  return fields.every((field) => typeof (value as Readonly<Record<string, unknown>>)[field] === "string");
}
