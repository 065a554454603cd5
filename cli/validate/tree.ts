import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { isJson, type Json, type ObjectRef, valueAt } from "./types";
import { readYaml } from "./yaml";

/** A manifest file and what it holds. */
export interface Manifest {
  /** Relative to the tree, with `/`. */
  readonly file: string;
  readonly cluster: string;
  readonly documents: readonly unknown[];
  /** Unquoted words that only YAML 1.1 reads as booleans. */
  readonly oldBooleans: readonly string[];
  /** Why the file cannot be read. */
  readonly error?: string;
}

/** An object in a tree. */
export interface TreeObject {
  readonly file: string;
  readonly cluster: string;
  readonly ref: ObjectRef;
  readonly content: Json;
}

/** A tree of rendered manifests. */
export interface Tree {
  /** Every file, sorted, relative to the tree, with `/`. */
  readonly files: readonly string[];
  readonly manifests: readonly Manifest[];
  /** Objects with at least a kind and an apiVersion, in the order of files. */
  readonly objects: readonly TreeObject[];
  /** Files that are no manifests in their place, and why. */
  readonly unexpected: readonly { readonly file: string; readonly why: string }[];
}

/** The largest request that the API server reads. */
const LARGEST = 3 * 1024 * 1024;
const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** Reads a tree of `<cluster>/<component>/<object>.yaml`, or the part of one that belongs to one cluster. */
export function readTree(folder: string, allowed: readonly string[] = []): Tree {
  const entries = filesBelow(folder, "");
  const files = entries.map((entry) => entry.file);
  // The folder of one cluster has Flux's root in it, the folder of a fleet has clusters.
  const depth = files.some((file) => file.startsWith("flux-system/")) ? 2 : 3;
  const own = basename(resolve(folder));
  const manifests: Manifest[] = [];
  const unexpected: { file: string; why: string }[] = [];
  for (const { file, isRegular } of entries) {
    const why = isRegular ? misplaced(file, depth) : "it is neither a file nor a folder";
    if (isRegular && file.endsWith(".yaml")) {
      const cluster = depth === 2 ? own : (file.split("/")[0] ?? "");
      manifests.push(readManifest(folder, file, cluster));
    }
    if (why !== undefined && !allowed.includes(file)) unexpected.push({ file, why });
  }
  return { files, manifests, objects: manifests.flatMap(objectsOf), unexpected };
}

/** What a document says it is; undefined when it is no object at all. */
export function refOf(document: unknown): ObjectRef | undefined {
  if (!isJson(document)) return undefined;
  const text = (...keys: string[]) => {
    const value = valueAt(document, ...keys);
    return typeof value === "string" ? value : "";
  };
  const namespace = text("metadata", "namespace");
  const ref = { apiVersion: text("apiVersion"), kind: text("kind"), name: text("metadata", "name") };
  return ref.apiVersion === "" && ref.kind === "" ? undefined : { ...ref, ...(namespace === "" ? {} : { namespace }) };
}

function objectsOf({ file, cluster, documents }: Manifest): readonly TreeObject[] {
  return documents.flatMap((content) => {
    const ref = refOf(content);
    return ref && isJson(content) ? [{ file, cluster, ref, content }] : [];
  });
}

function misplaced(file: string, depth: number): string | undefined {
  if (!file.endsWith(".yaml")) return "it is no manifest (.yaml)";
  return file.split("/").length === depth ? undefined : "it is not in a component's folder";
}

function readManifest(folder: string, file: string, cluster: string): Manifest {
  const nothing = { file, cluster, documents: [], oldBooleans: [] };
  try {
    const path = join(folder, file);
    const { size } = lstatSync(path);
    if (size > LARGEST) return { ...nothing, error: `it has ${size} bytes; the API server takes at most ${LARGEST}` };
    return { file, cluster, ...readYaml(UTF8.decode(readFileSync(path))) };
  } catch (error) {
    return { ...nothing, error: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  if (isJson(error) && error["code"] === "ERR_ENCODING_INVALID_ENCODED_DATA") return "it is not UTF-8";
  // js-yaml shows the lines around the fault below its message.
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}

interface Entry {
  readonly file: string;
  readonly isRegular: boolean;
}

function filesBelow(root: string, folder: string): Entry[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry): Entry[] => {
      const file = folder === "" ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(root, file) : [{ file, isRegular: entry.isFile() }];
    })
    .sort((one, other) => (one.file < other.file ? -1 : 1));
}
