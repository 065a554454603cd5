import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { load, YAMLException } from "js-yaml";

/** Fields of a cluster, a user or a context, and the folder that relative paths in them start from. */
export interface Entry {
  readonly folder: string;
  readonly fields: Fields;
}

/** Values of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** Kubeconfig files as kubectl sees them: merged, and of two entries of one name the first. */
export interface Kubeconfig {
  /** Files that were looked at, whether they are there or not. */
  readonly files: readonly string[];
  /** The current context. */
  readonly current?: string;
  readonly contexts: ReadonlyMap<string, Entry>;
  readonly clusters: ReadonlyMap<string, Entry>;
  readonly users: ReadonlyMap<string, Entry>;
}

/** A kubeconfig that cannot be used, or an entry of one; the message has no word of its text, which may be secret. */
export class KubeconfigError extends Error {}

/** Files that kubectl would read where the person is: those of `KUBECONFIG`, else `~/.kube/config`. */
export function kubeconfigFiles(env: NodeJS.ProcessEnv = process.env): readonly string[] {
  const named = (env["KUBECONFIG"] ?? "").split(delimiter).filter((file) => file !== "");
  const here = env["INIT_CWD"] ?? process.cwd();
  return named.length > 0
    ? named.map((file) => resolve(here, file))
    : [join(env["HOME"] ?? homedir(), ".kube", "config")];
}

/** Reads and merges files; one that is not there is left out, as kubectl does. Throws {@link KubeconfigError} with every file that cannot be read. */
export function readKubeconfig(files: readonly string[]): Kubeconfig {
  const problems: string[] = [];
  const each = files.filter(existsSync).flatMap((file) => {
    try {
      return [parseKubeconfig(readFileSync(file, "utf8"), file)];
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      problems.push(error instanceof KubeconfigError ? error.message : `${file} cannot be read (${code ?? "no file"})`);
      return [];
    }
  });
  if (problems.length > 0) throw new KubeconfigError(problems.join("\n"));
  const current = each.find((one) => one.current !== undefined)?.current;
  return {
    files,
    ...(current !== undefined && { current }),
    contexts: merged(each.map(({ contexts }) => contexts)),
    clusters: merged(each.map(({ clusters }) => clusters)),
    users: merged(each.map(({ users }) => users)),
  };
}

/** Parses the text of one file. Throws {@link KubeconfigError} where it is none; an entry without a name is left out. */
export function parseKubeconfig(text: string, file: string): Kubeconfig {
  const document = text.trim() === "" ? {} : yamlIn(text, file);
  if (document !== null && !isFields(document)) throw new KubeconfigError(`${file} is no kubeconfig`);
  const fields = document ?? {};
  const current = textIn(fields, "current-context");
  const folder = dirname(file);
  return {
    files: [file],
    ...(current !== undefined && { current }),
    contexts: entries(fields["contexts"], "context", folder),
    clusters: entries(fields["clusters"], "cluster", folder),
    users: entries(fields["users"], "user", folder),
  };
}

/** A kubeconfig with one context, in which everything is called `name`. */
export function kubeconfigOf(name: string, cluster: Fields, user: Fields): object {
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  };
}

/** A value that is a text and not empty. */
export function textIn(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Whether a value has fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function yamlIn(text: string, file: string): unknown {
  try {
    return load(text);
  } catch (error) {
    // The parser's own words quote the text.
    const line = error instanceof YAMLException && error.mark ? `, line ${error.mark.line + 1}` : "";
    throw new KubeconfigError(`${file}${line}: this is no YAML`);
  }
}

function entries(list: unknown, kind: string, folder: string): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>();
  for (const item of Array.isArray(list) ? (list as readonly unknown[]) : []) {
    if (!isFields(item)) continue;
    const name = textIn(item, "name");
    const fields = item[kind];
    if (name !== undefined && !found.has(name)) found.set(name, { folder, fields: isFields(fields) ? fields : {} });
  }
  return found;
}

function merged(maps: readonly ReadonlyMap<string, Entry>[]): ReadonlyMap<string, Entry> {
  return new Map([...maps].reverse().flatMap((map) => [...map]));
}
