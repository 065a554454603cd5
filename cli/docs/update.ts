import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fill, MarkerError, type Parts } from "./markers";

/** A document whose generated parts are not what they would be now. */
export interface StaleDocument {
  /** Path, relative to the repository. */
  readonly path: string;
  /** What it should say. */
  readonly text: string;
}

/** Documents that are generated as a whole: their texts, by path. */
export type Pages = Readonly<Record<string, string>>;

/**
 * The documents of a folder that are stale, by path: in a generated part, or `pages` as a whole. Throws a {@link MarkerError} with every wrong marker, and with every part that no
 * document shows: nobody would notice that it is gone.
 */
export function staleDocuments(
  root: string,
  folder: string,
  parts: Parts,
  pages: Pages = {},
): readonly StaleDocument[] {
  const stale = Object.entries(pages).flatMap(([path, text]): readonly StaleDocument[] =>
    existsSync(join(root, path)) && readFileSync(join(root, path), "utf8") === text ? [] : [{ path, text }],
  );
  const problems: string[] = [];
  const used = new Set<string>();
  for (const path of documentsIn(root, folder).filter((each) => pages[each] === undefined)) {
    const before = readFileSync(join(root, path), "utf8");
    try {
      const { text, used: names } = fill(path, before, parts);
      for (const name of names) used.add(name);
      if (text !== before) stale.push({ path, text });
    } catch (error) {
      if (!(error instanceof MarkerError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length === 0)
    problems.push(
      ...Object.keys(parts)
        .filter((name) => !used.has(name))
        .map((name) => `no document in ${folder} shows the part ${name}; write <!-- generated: ${name} --> in one`),
    );
  if (problems.length > 0) throw new MarkerError(problems);
  return stale.sort((one, other) => (one.path < other.path ? -1 : 1));
}

function documentsIn(root: string, folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => join(folder, file))
    .sort();
}
