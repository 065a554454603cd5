import { load } from "js-yaml";
import { toYaml } from "../../../../base/yaml";
import { renderedFiles } from "../../../../cli/diff/sources/render";
import type { Fleet } from "../../../../clusters/fleet";
import { loadFleet } from "../../../../clusters/model/load";
import { overlayOf } from "../../../../clusters/overlays";
import { presetNamed } from "../../../../clusters/presets";
import type { AnyObject } from "../trees";

/** A rendered tree. */
export type Files = ReadonlyMap<string, string>;

/** The fleet as it is. */
export const FLEET = loadFleet(presetNamed("default"));
/** What it renders to. */
export const BASE: Files = renderedFiles(FLEET, overlayOf);

// biome-ignore lint/suspicious/noExplicitAny: a change names the fields it means; a wrong one fails its test.
type Open = any;

/** The tree of a changed fleet. */
export function fleet(patch: (draft: Open) => void): Files {
  const draft = structuredClone(presetNamed("default")) as Fleet;
  patch(draft);
  return renderedFiles(loadFleet(draft), overlayOf);
}

/** The tree with the objects in some files changed. Throws when there is no such file, so that no case is about nothing. */
export function edit(pattern: RegExp, change: (object: Open) => void, files: Files = BASE): Files {
  const found = [...files.keys()].filter((path) => pattern.test(path));
  if (found.length === 0) throw new Error(`no file is like ${pattern}`);
  const edited = new Map(files);
  for (const path of found) {
    const object = load(files.get(path) ?? "") as AnyObject;
    change(object);
    edited.set(path, toYaml(object));
  }
  return edited;
}

/** The tree with some files' texts replaced throughout. */
export function replaced(pattern: RegExp, from: string, to: string, files: Files = BASE): Files {
  return edited(pattern, files, (path, text) => [path, text.replaceAll(from, to)]);
}

/** The tree without some files. */
export function without(pattern: RegExp, files: Files = BASE): Files {
  return edited(pattern, files, () => undefined);
}

/** The tree with some files at another path. */
export function moved(pattern: RegExp, from: string, to: string, files: Files = BASE): Files {
  return edited(pattern, files, (path, text) => [path.replaceAll(from, to), text]);
}

/** The tree with an object more. */
export function added(path: string, object: object, files: Files = BASE): Files {
  return new Map(files).set(path, toYaml(object));
}

function edited(
  pattern: RegExp,
  files: Files,
  change: (path: string, text: string) => readonly [string, string] | undefined,
): Files {
  let count = 0;
  const result = new Map<string, string>();
  for (const [path, text] of files) {
    if (!pattern.test(path)) result.set(path, text);
    else {
      count += 1;
      const entry = change(path, text);
      if (entry) result.set(...entry);
    }
  }
  if (count === 0) throw new Error(`no file is like ${pattern}`);
  return result;
}
