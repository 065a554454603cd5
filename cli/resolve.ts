import { spawn } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { interruptible } from "./interrupt";
import { ResolveError } from "./resolve/git";
import { resolveConflicts } from "./resolve/resolve";

const HELP = `Resolves conflicts of a merge or rebase in dist (and in generated files of imports): generates them anew from the merged
sources, and stages them. It commits nothing, and does nothing while a source is in conflict.

Usage: npm run resolve -- [OPTION...]

  --check  change nothing; exit with 1 when something is in conflict or dist is not what the sources render, and say what to do
  --help   this text

Exit codes: 0 resolved, 1 something is left to do, 2 could not run, 130 interrupted. On all but 0 nothing is staged, and dist is as it
was. What the working tree alone held is kept in build/resolve.`;

/** `npm run resolve`. */
export async function run(args: readonly string[]): Promise<number> {
  return interruptible(async (signal) => {
    try {
      const options = parse(args);
      if (options.help) {
        console.log(HELP);
        return 0;
      }
      return await resolveConflicts({
        root: process.cwd(),
        check: options.check,
        command: (command) => runCommand(process.cwd(), command, signal),
        say: (text) => console.error(text),
      });
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error));
      return 2;
    }
  });
}

/**
 * Not a call of the command's own function: that would bundle the sources into this one, which then could not even say that they are
 * in conflict.
 */
function runCommand(root: string, args: readonly string[], signal: AbortSignal): Promise<number> {
  const { FLEET: _fleet, DIST: _dist, INIT_CWD: _cwd, ...env } = process.env;
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(root, "cli", "run.cjs"), ...args], {
      cwd: root,
      env,
      stdio: "inherit",
    });
    // Ctrl-C reaches the child by itself; a signal to this process alone does not. The child cleans up, so it is waited for.
    const stop = () => child.kill("SIGTERM");
    signal.addEventListener("abort", stop);
    child.on("error", failed);
    child.on("close", (code) => {
      signal.removeEventListener("abort", stop);
      done(signal.aborted ? 130 : (code ?? 2));
    });
  });
}

function parse(args: readonly string[]): { readonly check: boolean; readonly help: boolean } {
  try {
    return parseArgs({
      args: [...args],
      options: {
        check: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    throw new ResolveError(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}
