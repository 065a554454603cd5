import { createRequire } from "node:module";
import { join } from "node:path";

/** The program and the style of the page, each as one text. */
export interface Assets {
  readonly script: string;
  readonly style: string;
}

/** Both need these browsers or newer: `light-dark()` is the youngest thing in use. */
const BROWSERS = ["chrome123", "firefox120", "safari17.5"];

const made = new Map<string, Assets>();

/**
 * Bundles the page from its sources, once for each process. The launcher bundles commands with the same esbuild, which cannot be part of a
 * bundle itself and so is loaded by name.
 */
export function assets(root: string): Assets {
  const known = made.get(root);
  if (known) return known;
  const esbuild = createRequire(join(root, "package.json"))("esbuild") as typeof import("esbuild");
  const { outputFiles } = esbuild.buildSync({
    absWorkingDir: root,
    entryPoints: ["cli/diff/html/page/main.ts", "cli/diff/html/page/style.css"],
    outdir: "build/page",
    write: false,
    bundle: true,
    minify: true,
    format: "iife",
    platform: "browser",
    target: BROWSERS,
    tsconfigRaw: "{}",
    legalComments: "none",
  });
  const textOf = (ending: string) => outputFiles.find((file) => file.path.endsWith(ending))?.text.trim() ?? "";
  const bundled = { script: textOf(".js"), style: textOf(".css") };
  made.set(root, bundled);
  return bundled;
}
