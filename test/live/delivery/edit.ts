import { dump, load } from "js-yaml";
import { pushedFile } from "../../../cli/live/git";
import type { Live } from "../../../cli/live/up";

type Fields = { readonly [name: string]: unknown };

/** A file of the repository with fields set, or with `null` removed, as a JSON merge patch says. */
export function patched(live: Live, path: string, patch: Fields): Readonly<Record<string, string>> {
  return { [path]: dump(merged(load(pushedFile(live.git, path)), patch)) };
}

/** A file of the repository with a piece of text exchanged. Throws when it does not have that. */
export function exchanged(live: Live, path: string, from: string, to: string): Readonly<Record<string, string>> {
  const text = pushedFile(live.git, path);
  if (!text.includes(from)) throw new Error(`${path} has no ${JSON.stringify(from)}`);
  return { [path]: text.replaceAll(from, to) };
}

/** The same file, to put it back later. */
export function kept(live: Live, ...paths: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(paths.map((path) => [path, pushedFile(live.git, path)]));
}

function merged(into: unknown, patch: unknown): unknown {
  if (!isFields(patch)) return patch;
  const result = new Map(Object.entries(isFields(into) ? into : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name);
    else result.set(name, merged(result.get(name), value));
  }
  return Object.fromEntries(result);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
