/** Folder of the rendered tree. */
export const TREE = "dist";

/** Folder of the generated types and schemas. */
export const IMPORTS = "imports";

/** What people write among the generated types and schemas. */
export const WRITTEN = ["sources.ts", "biome.jsonc", "crds"].map((name) => `${IMPORTS}/${name}`);

/** Whether a file is rendered. The folder's own path is not: where it is in conflict, something else has taken its place. */
export function isRendered(path: string): boolean {
  return path.startsWith(`${TREE}/`);
}

/** Whether a file is one that `npm run import` makes. */
export function isImported(path: string): boolean {
  return (
    path.startsWith(`${IMPORTS}/`) && !WRITTEN.some((written) => path === written || path.startsWith(`${written}/`))
  );
}
