import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import type { Edit } from "./types";

type Compiling = NodeJS.Module & { _compile: (code: string, file: string) => void };

/**
 * Loads TypeScript sources in this process as `pulumi up` does: unchecked, module by module, each at its own path.
 * Files that `edits` name are loaded as if they had been edited. Throws when an edit does not fit.
 */
export function loadTypeScript(root: string, edits: readonly Edit[] = []): void {
  require.extensions[".ts"] = (module, file) => {
    const wanted = edits.filter((edit) => join(root, edit.file) === file);
    const source = wanted.reduce((text, edit) => edited(text, edit), readFileSync(file, "utf8"));
    (module as Compiling)._compile(compile(source, file), file);
  };
}

/** Throws when the program has not loaded a file that was to be edited. */
export function checkEdited(root: string, edits: readonly Edit[]): void {
  const unread = edits.find((edit) => require.cache[join(root, edit.file)] === undefined);
  if (unread) throw new Error(`${unread.file} is to be edited, but the program does not load it`);
}

function compile(source: string, file: string): string {
  return transformSync(source, { loader: "ts", format: "cjs", target: "node20", sourcefile: file }).code;
}

function edited(source: string, { file, from, to }: Edit): string {
  if (!source.includes(from)) throw new Error(`${file} is to be edited, but it does not contain: ${from}`);
  return source.replace(from, () => to);
}
