import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ReadFile } from "./collect";

/** Where the data comes from. */
export interface Origin {
  readonly repository: string;
  readonly commit: string;
  readonly date: string;
  readonly license: string;
  readonly sha256: string;
}

const LIMIT_MS = 60_000;

/** Reads files of the pinned commit over https. */
export function remote({ repository, commit }: Origin): ReadFile {
  const base = repository.replace("https://github.com/", "https://raw.githubusercontent.com/");
  return async (path) => {
    const url = `${base}/${commit}/generated/${path}`;
    const response = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS) }).catch((error: unknown) => {
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      throw new Error(
        `${url} cannot be reached (${cause instanceof Error ? cause.message : String(cause)}). This task needs the internet; ` +
          "where there is none, clone the repository elsewhere and give it with --from",
      );
    });
    if (!response.ok) throw new Error(`${url} answers ${response.status} ${response.statusText}`);
    return response.text();
  };
}

/** Reads files of a checkout, which must be of the pinned commit. */
export async function checkout(folder: string, { commit }: Origin): Promise<ReadFile> {
  const { stdout } = await promisify(execFile)("git", ["-C", folder, "rev-parse", "HEAD"]).catch(() => {
    throw new Error(`${folder} is no git checkout; clone https://github.com/Azure/bicep-types-az there`);
  });
  if (stdout.trim() !== commit) {
    throw new Error(`${folder} is at ${stdout.trim()}; run git -C ${folder} checkout ${commit}`);
  }
  return (path) => readFile(join(folder, "generated", path), "utf8");
}
