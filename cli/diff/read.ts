import type { KubernetesObject } from "../../base/object";
import { MARK } from "../tree/folder";
import { fileName, fileNameWithGroup } from "../tree/path";
import { compareText } from "../validate/types";
import type { Entry } from "./entry";
import { type Lookup, lookupOf } from "./lookup";
import { OWN_CLUSTER, Parser } from "./parse";
import { refuse } from "./refuse";
import { DiffError, type Source } from "./sources/source";

/** What a comparison needs of both trees: what differs, and what explains it. */
export interface Sides {
  readonly before: SideEntries;
  readonly after: SideEntries;
  /** Files that differ but are no manifests in their place. */
  readonly unexpected: readonly string[];
  /** Clusters in either tree, sorted. */
  readonly clusters: readonly string[];
  readonly touched: ReadonlySet<string>;
}

/** One side. */
export interface SideEntries {
  /** Files of manifests in the whole tree. */
  readonly files: number;
  /** Objects in files that differ. */
  readonly changed: readonly Entry[];
  /** These, and objects of touched clusters in files that do not differ, as far as they explain changes. */
  readonly lookup: Lookup;
  /** Clusters that this side has. */
  readonly clusters: ReadonlySet<string>;
}

/** Kinds, by the beginnings of their file names, that explain changes of others: who applies, scales and installs them. */
const CONTEXT =
  /^(kustomization|horizontalpodautoscaler|scaledobject|helmrelease|ocirepository|configmap\.flux-system)\./;
/** Folder of a cluster's Flux Kustomizations. */
const ROOT = "flux-system";
const MANIFEST = /^[^/]+\/[^/]+\/[^/]+\.ya?ml$/;

/** Reads the parts of two trees that a comparison needs; equal contents are neither read nor parsed. */
export async function readSides(from: Source, to: Source): Promise<Sides> {
  const one = await listed(from);
  const other = await listed(to);
  const differing = differingPaths(one, other);
  const manifests = differing.filter((path) => MANIFEST.test(path));
  const touched = new Set(manifests.map((path) => clusterOf(path)));
  const texts = [await readChanged(from, one, manifests), await readChanged(to, other, manifests)] as const;
  const parser = new Parser(!texts.some((contents) => hasPlaceholder(contents)));
  const before = await readSide(from, one, texts[0], touched, parser);
  const after = await readSide(to, other, texts[1], touched, parser);
  return {
    before,
    after,
    unexpected: differing.filter((path) => !MANIFEST.test(path) && path !== MARK.file),
    clusters: [...new Set([...before.clusters, ...after.clusters])].sort(compareText),
    touched,
  };
}

async function listed(source: Source): Promise<ReadonlyMap<string, string>> {
  const files = await source.list();
  for (const path of files.keys()) if (/^[^/]+\/flux-system\/./.test(path)) return files;
  if (files.has(MARK.file)) return files;
  throw new DiffError(
    `${source.side.label} is no rendered tree: it has no <cluster>/flux-system in it. Fix: name the folder that \`make synth\` renders to, for example dist`,
  );
}

function differingPaths(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] {
  const paths: string[] = [];
  for (const [path, id] of other) if (one.get(path) !== id) paths.push(path);
  for (const path of one.keys()) if (!other.has(path)) paths.push(path);
  return paths.sort(compareText);
}

type Contents = ReadonlyMap<string, Uint8Array>;

function readChanged(source: Source, files: ReadonlyMap<string, string>, paths: readonly string[]): Promise<Contents> {
  return source.read(paths.filter((path) => files.has(path)));
}

/** Whether a text of a root has what else only stands for its cluster's name: then nothing may stand for it. */
function hasPlaceholder(contents: Contents): boolean {
  for (const [path, content] of contents) {
    if (path.includes(`/${ROOT}/`) && Buffer.from(content).includes(OWN_CLUSTER)) return true;
  }
  return false;
}

async function readSide(
  source: Source,
  files: ReadonlyMap<string, string>,
  contents: Contents,
  touched: ReadonlySet<string>,
  parser: Parser,
): Promise<SideEntries> {
  const changed = [...contents.keys()];
  const manifests = [...files.keys()].filter((path) => MANIFEST.test(path));
  const isChanged = new Set(changed);
  const twins = sharedNames(manifests);
  const context = manifests.filter(
    (path) => !isChanged.has(path) && (twins.has(path) || (touched.has(clusterOf(path)) && CONTEXT.test(baseOf(path)))),
  );
  const parsed = parseAll(source, contents, parser);
  const more = [...context, ...suspects(parsed, manifests, isChanged)];
  const around = parseAll(source, await source.read(more), parser);
  return {
    files: manifests.length,
    changed: parsed,
    lookup: lookupOf(source, [parsed, around]),
    clusters: new Set(manifests.map(clusterOf)),
  };
}

function parseAll(source: Source, contents: Contents, parser: Parser): readonly Entry[] {
  const wrong: string[] = [];
  const entries = [...contents].flatMap(([path, content]) => {
    try {
      return parser.entriesOf(path, content);
    } catch (error) {
      wrong.push(`  ${path}: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  });
  refuse(wrong, `${source.side.label} has manifests that cannot be read`);
  return entries;
}

/** Files of one cluster with the same name in several components: the same object twice, if each is named after its object. */
function sharedNames(paths: readonly string[]): ReadonlySet<string> {
  const first = new Map<string, string>();
  const shared = new Set<string>();
  for (const path of paths) {
    const name = `${clusterOf(path)}/${baseOf(path)}`;
    const known = first.get(name);
    if (known === undefined) first.set(name, path);
    else shared.add(known).add(path);
  }
  return shared;
}

/** Files that by their names hold an object that a differing file, named otherwise, holds too. */
function suspects(entries: readonly Entry[], paths: readonly string[], known: ReadonlySet<string>): readonly string[] {
  const wanted = new Set(
    entries.flatMap(({ cluster, file, content }) => {
      const object = content as unknown as KubernetesObject;
      const names = [fileName(object), fileNameWithGroup(object)];
      return names.includes(baseOf(file)) ? [] : names.map((name) => `${cluster}/${name}`);
    }),
  );
  if (wanted.size === 0) return [];
  return paths.filter((path) => !known.has(path) && wanted.has(`${clusterOf(path)}/${baseOf(path)}`));
}

function clusterOf(path: string): string {
  return path.slice(0, path.indexOf("/"));
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Every object of some clusters, for what cannot be told from differences. */
export async function readCluster(source: Source, clusters: ReadonlySet<string>): Promise<readonly Entry[]> {
  const files = await source.list();
  const paths = [...files.keys()].filter((path) => MANIFEST.test(path) && clusters.has(clusterOf(path)));
  return parseAll(source, await source.read(paths), new Parser(true));
}
