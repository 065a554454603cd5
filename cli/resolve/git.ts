import { runProgram } from "../tools/process";

/** A conflict cannot be looked at or resolved; the message says what to do. */
export class ResolveError extends Error {}

/** What Git prints, whole. Throws {@link ResolveError} with what it says when it fails. */
export async function git(folder: string, args: readonly string[]): Promise<string> {
  const chunks: string[] = [];
  const exit = await started(folder, args, (chunk) => chunks.push(chunk));
  if (exit.code !== 0) throw new ResolveError(`git ${args[0]} failed: ${exit.stderr.trim()}`);
  return chunks.join("");
}

async function started(folder: string, args: readonly string[], onStdout: (chunk: string) => void) {
  try {
    return await runProgram("git", args, { cwd: folder, onStdout });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new ResolveError(`Git cannot be started (${said}). Fix: install git, https://git-scm.com`);
  }
}

/** The entries of a list that Git ends with NUL each. */
export function entriesOf(list: string): readonly string[] {
  return list.split("\0").filter((entry) => entry !== "");
}
