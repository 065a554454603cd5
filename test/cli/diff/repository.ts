import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Files } from "../folder";

/** Runs Git as a person whose settings do not matter. */
export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync("git", args, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_SYSTEM: "/dev/null",
      GIT_AUTHOR_NAME: "A",
      GIT_AUTHOR_EMAIL: "a@example.com",
      GIT_COMMITTER_NAME: "A",
      GIT_COMMITTER_EMAIL: "a@example.com",
    },
  }).trim();
}

/** Writes files, removes those that are undefined, and commits all; gives the commit's id. */
export function commit(folder: string, files: { readonly [path: string]: Files[string] | undefined }): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (content === undefined) rmSync(join(folder, path));
    else writeFileSync(join(folder, path), content);
  }
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "a change");
  return git(folder, "rev-parse", "HEAD");
}

/** A manifest of a ConfigMap. */
export function manifest(name: string, value = "1"): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: team\ndata:\n  a: '${value}'\n`;
}

/** A tree of one cluster with a root and one component, below `dist`. */
export function tree(value = "1"): Record<string, string> {
  return {
    "dist/README.md": "rendered\n",
    "dist/one/flux-system/kustomization.flux-system.app.yaml":
      "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: app\n  namespace: flux-system\nspec:\n  path: ./dist/one/app\n  prune: true\n",
    "dist/one/app/configmap.team.it.yaml": manifest("it", value),
  };
}
