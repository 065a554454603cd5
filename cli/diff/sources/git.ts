import { spawn } from "node:child_process";
import { type Exit, runProgram } from "../../tools/process";
import { parseBatch } from "./batch";
import { DiffError, type ObjectFormat, type Source } from "./source";

/** Folder of the rendered tree in a repository. */
export const TREE = "dist";

/** A tree as a commit has it: one process lists it, one reads from it, and nothing is checked out. */
export function gitSource(root: string, commit: string, label: string): Source {
  const ids = new Map<string, string>();
  const list = async () => {
    if (ids.size > 0) return ids;
    const listing = await git(root, ["ls-tree", "-r", "-z", commit, "--", `${TREE}/`]);
    for (const entry of listing.split("\0")) {
      const tab = entry.indexOf("\t");
      if (tab < 0) continue;
      const [mode, , id = ""] = entry.slice(0, tab).split(" ");
      // A submodule has no content here; its commit stands for it.
      ids.set(entry.slice(tab + 1 + TREE.length + 1), mode === "160000" ? `commit ${id}` : id);
    }
    if (ids.size === 0)
      throw new DiffError(
        `${label} has no ${TREE}/ in it. Fix: name a commit in which ${TREE} is committed, or a folder that \`make synth\` rendered`,
      );
    return ids;
  };
  return {
    side: { label, kind: "ref", commit },
    list,
    read: async (paths) => {
      await list();
      return readBlobs(
        root,
        paths.map((path) => [path, ids.get(path) ?? ""]),
      );
    },
  };
}

/** What Git prints, whole. Throws with what it says when it fails. */
export async function git(root: string, args: readonly string[]): Promise<string> {
  const chunks: string[] = [];
  const exit = await tried(root, args, (chunk) => chunks.push(chunk));
  if (exit.code !== 0) throw new DiffError(`git ${args[0]} failed: ${exit.stderr.trim()}`);
  return chunks.join("");
}

/** What Git answers, or undefined where it fails. */
export async function answer(root: string, args: readonly string[]): Promise<string | undefined> {
  const chunks: string[] = [];
  const exit = await tried(root, args, (chunk) => chunks.push(chunk));
  return exit.code === 0 ? chunks.join("").trim() : undefined;
}

/** The algorithm by which a repository names contents. */
export async function objectFormat(root: string): Promise<ObjectFormat> {
  return (await answer(root, ["rev-parse", "--show-object-format"])) === "sha256" ? "sha256" : "sha1";
}

async function tried(root: string, args: readonly string[], onStdout: (chunk: string) => void): Promise<Exit> {
  try {
    return await runProgram("git", args, { cwd: root, onStdout });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new DiffError(`Git cannot be started (${said}). Fix: install git, or compare two folders`);
  }
}

async function readBlobs(
  root: string,
  wanted: readonly (readonly [path: string, id: string])[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  if (wanted.length === 0) return new Map();
  const ids = [...new Set(wanted.map(([, id]) => id).filter((id) => /^[0-9a-f]+$/.test(id)))];
  const blobs = parseBatch(await batch(root, `${ids.join("\n")}\n`));
  return new Map(wanted.map(([path, id]) => [path, blobs.get(id) ?? new Uint8Array()]));
}

function batch(root: string, input: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", ["cat-file", "--batch"], { cwd: root, stdio: ["pipe", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk.slice(0, 1000);
    });
    child.stdin.on("error", () => {}); // A process that ends early says why on its own.
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(Buffer.concat(chunks)) : reject(new DiffError(`git cat-file failed: ${said.trim()}`)),
    );
    child.stdin.end(input);
  });
}
