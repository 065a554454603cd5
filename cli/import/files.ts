import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";

/** How a generated file differs from the one on disk. */
export interface Difference {
  readonly path: string;
  readonly how: "differs" | "missing" | "extra";
}

/** Compares what should be in the folder with what is; sorted by path. */
export async function compare(folder: string, files: ReadonlyMap<string, string>): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const [path, text] of files) {
    const current = await readFile(join(folder, path), "utf8").catch(() => undefined);
    if (current === undefined) differences.push({ path, how: "missing" });
    else if (current !== text) differences.push({ path, how: "differs" });
  }
  for (const path of await generatedFiles(folder)) {
    if (!files.has(path)) differences.push({ path, how: "extra" });
  }
  return differences.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Brings the folder to the wanted state. Everything is written beside it first, so that a full disk or a missing permission leaves
 * the folder as it was.
 */
export async function replace(
  folder: string,
  files: ReadonlyMap<string, string>,
  differences: readonly Difference[],
): Promise<void> {
  const staging = join(folder, `.staging-${process.pid}`);
  const changed = differences.filter((difference) => difference.how !== "extra");
  try {
    for (const { path } of changed) await write(join(staging, path), files.get(path) ?? "");
    for (const { path } of changed) await mkdir(dirname(join(folder, path)), { recursive: true });
    for (const { path } of changed) await rename(join(staging, path), join(folder, path));
    for (const { path } of differences.filter((difference) => difference.how === "extra")) {
      await rm(join(folder, path));
      await rmdir(dirname(join(folder, path))).catch(() => undefined);
    }
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** The files in the folder that the generator owns. `sources.ts` and `crds/` are people's. */
async function generatedFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, "/").length).split(sep).join("/"))
    .filter(isGenerated)
    .sort();
}

function isGenerated(path: string): boolean {
  if (path.startsWith("schemas/") || path === "origins.json" || path === "README.md") return true;
  return path.endsWith(".ts") && !path.includes("/") && path !== "sources.ts";
}
