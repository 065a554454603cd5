import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { resolveConflicts } from "../../../cli/resolve/resolve";
import { MARK } from "../../../cli/tree/folder";

/** Sources that lie apart, so that Git merges them, and land beside each other in what is rendered, so that it does not. */
export const SOURCE = { image: "image.txt", replicas: "replicas.txt" } as const;

/** What the sources render to. */
export const RENDERED = "dist/app1/web.yaml";

/** What one run of the command did. */
export interface Result {
  readonly code: number;
  /** Commands of the project that it ran. */
  readonly commands: readonly string[];
  readonly said: string;
}

/** A small repository, with a stand-in for rendering. */
export interface Repository {
  readonly root: string;
  readonly git: (...args: string[]) => string;
  /** Runs Git where it stops at a conflict. */
  readonly conflict: (...args: string[]) => void;
  readonly write: (path: string, content: string) => void;
  readonly read: (path: string) => string;
  /** Writes a source, renders, commits all. */
  readonly change: (source: keyof typeof SOURCE, value: string) => void;
  /** `main` and `topic` changed different sources: merging one into the other is a conflict in `dist` alone. */
  readonly diverge: () => void;
  readonly render: () => void;
  readonly resolve: (options?: { readonly check?: boolean; readonly fails?: number }) => Promise<Result>;
  readonly unmerged: () => readonly string[];
  /** The state of index and working tree, to compare. */
  readonly snapshot: () => string;
}

/** Makes a repository with the project in a folder of it, runs a test, removes it. */
export async function withRepository(test: (repository: Repository) => Promise<void>, folder = ""): Promise<void> {
  const top = mkdtempSync(join(tmpdir(), "resolve-"));
  try {
    await test(repositoryIn(top, join(top, folder)));
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

/** Runs Git as somebody without any settings of their own. */
export function runGit(cwd: string, args: readonly string[]) {
  const who = {
    GIT_AUTHOR_NAME: "a",
    GIT_AUTHOR_EMAIL: "a@b.c",
    GIT_COMMITTER_NAME: "a",
    GIT_COMMITTER_EMAIL: "a@b.c",
  };
  const settings = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", GIT_EDITOR: "true" };
  return spawnSync("git", args, { cwd, encoding: "utf8", env: { ...process.env, ...who, ...settings } });
}

function repositoryIn(top: string, root: string): Repository {
  mkdirSync(root, { recursive: true });
  const git = (...args: string[]) => {
    const { status, stdout, stderr } = runGit(root, args);
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stdout}${stderr}`);
    return stdout;
  };
  const read = (path: string) => readFileSync(join(root, path), "utf8");
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const render = () => {
    if (read(`dist/${MARK.file}`) !== MARK.text) throw new Error("not a rendered folder");
    rmSync(join(root, "dist"), { recursive: true });
    write(`dist/${MARK.file}`, MARK.text);
    write(RENDERED, `image: ${read(SOURCE.image)}\nreplicas: ${read(SOURCE.replicas)}\n`);
  };
  const commit = (message: string) => {
    git("add", "--all");
    git("commit", "--quiet", "--message", message);
  };
  const change: Repository["change"] = (source, value) => {
    write(SOURCE[source], value);
    render();
    commit(`${source} ${value}`);
  };
  git("init", "--quiet", "--initial-branch=main", top);
  write("dist/README.md", MARK.text);
  write(".gitignore", "build/\n*.tmp\n");
  write(SOURCE.image, "1");
  change("replicas", "1");
  return {
    root,
    git,
    conflict: (...args) => {
      if (runGit(root, args).status === 0) throw new Error(`git ${args.join(" ")} is no conflict`);
    },
    write,
    read,
    change,
    diverge: () => {
      git("checkout", "--quiet", "-b", "topic");
      change("replicas", "9");
      git("checkout", "--quiet", "main");
      change("image", "2");
    },
    render,
    resolve: async ({ check = false, fails = 0 } = {}) => {
      const commands: string[] = [];
      const said: string[] = [];
      const command = async (args: readonly string[]) => {
        commands.push(args.join(" "));
        if (fails > 0) return fails;
        if (args.includes("--check")) return read(RENDERED).includes(`: ${read(SOURCE.replicas)}\n`) ? 0 : 1;
        if (args[0] === "synth") render();
        else write("imports/k8s.ts", `// generated from ${read("imports/sources.ts")}`);
        return 0;
      };
      const code = await resolveConflicts({ root, check, command, say: (text) => said.push(text) });
      return { code, commands, said: said.join("\n") };
    },
    unmerged: () => git("diff", "--name-only", "--diff-filter=U", "-z").split("\0").filter(Boolean),
    snapshot: () => {
      const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
        (file) => !file.startsWith(".git/"),
      );
      return `${git("status", "--porcelain")}${git("ls-files", "--stage")}${files.sort().join("\n")}`;
    },
  };
}
