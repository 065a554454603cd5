import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Source } from "../../imports/sources";
import { downloadModules, type GoModule } from "./go-modules";

/** A source with the text of the files it names. */
export interface Fetched {
  readonly source: Source;
  /** Go's `h1:` sum of a module; sums of the files themselves otherwise stand in `sha256`. */
  readonly checksum?: string;
  readonly files: readonly FetchedFile[];
}

/** One file of a source. */
export interface FetchedFile {
  readonly path: string;
  readonly text: string;
  readonly sha256: string;
}

/** What fetching yielded, with every problem met. */
export interface FetchResult {
  readonly fetched: readonly Fetched[];
  readonly problems: readonly string[];
}

/** Gets every file that the sources name; `importsFolder` is where folder sources are. */
export async function fetchSources(sources: readonly Source[], importsFolder: string): Promise<FetchResult> {
  const names = sources.flatMap((source) => (source.from === "folder" ? [] : [`${source.module}@${source.version}`]));
  const modules = await downloadModules([...new Set(names)]);
  if (typeof modules === "string") return { fetched: [], problems: [modules] };
  const results = await Promise.all(
    sources.map((source) =>
      source.from === "folder" ? fetchFolder(source, importsFolder) : fetchModule(source, modules),
    ),
  );
  return {
    fetched: results.flatMap((result) => result.fetched),
    problems: results.flatMap((result) => result.problems),
  };
}

/** Paths of the files a source names. */
export function pathsOf(source: Source): string[] {
  return source.from === "openapi" ? [source.path] : source.files.map((file) => file.path);
}

async function fetchModule(
  source: Exclude<Source, { from: "folder" }>,
  modules: readonly GoModule[],
): Promise<FetchResult> {
  const name = `${source.module}@${source.version}`;
  const module = modules.find((candidate) => candidate.Path === source.module && candidate.Version === source.version);
  if (module?.Dir === undefined || module.Sum === undefined) {
    const reason = module?.Error ?? "go told nothing about it";
    return {
      fetched: [],
      problems: [
        `${name}: cannot be downloaded: ${reason}\n  fix: pin a version that can be had in clusters/versions.ts`,
      ],
    };
  }
  const { files, problems } = await readFiles(module.Dir, pathsOf(source), name);
  return { fetched: [{ source, checksum: module.Sum, files }], problems };
}

async function fetchFolder(source: Extract<Source, { from: "folder" }>, importsFolder: string): Promise<FetchResult> {
  const folder = join(importsFolder, source.folder);
  const name = `imports/${source.folder}`;
  const renew = `\n  fix: download ${source.upstream} for each file into ${name}, review it, and run sha256sum *.yaml > SHA256SUMS there`;
  const { files, problems } = await readFiles(folder, pathsOf(source), name);
  const sums = await readFile(join(folder, "SHA256SUMS"), "utf8").catch(() => undefined);
  if (sums === undefined) return { fetched: [], problems: [`${name}/SHA256SUMS: missing${renew}`] };
  const known = new Map(sums.split("\n").map((line) => [line.slice(66), line.slice(0, 64)]));
  const wrong = files
    .filter((file) => known.get(file.path) !== file.sha256)
    .map(
      (file) =>
        `${name}/${file.path}: sha256 is ${file.sha256}, SHA256SUMS has ${known.get(file.path) ?? "none"}${renew}`,
    );
  return { fetched: [{ source, files }], problems: [...problems.map((problem) => problem + renew), ...wrong] };
}

async function readFiles(folder: string, paths: readonly string[], name: string) {
  const files: FetchedFile[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    try {
      const bytes = await readFile(join(folder, path));
      files.push({ path, text: bytes.toString("utf8"), sha256: createHash("sha256").update(bytes).digest("hex") });
    } catch {
      problems.push(`${name}: has no file ${path}`);
    }
  }
  return { files, problems };
}
