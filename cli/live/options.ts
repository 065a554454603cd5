import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { presetNamed } from "../../clusters/presets";

const HELP = `Brings the fleet up on this machine: for each cluster a real API server with Flux on it, a Git server with the rendered fleet, a registry
with its charts. Waits until all of it is Ready, and leaves it running. Run again, it pushes what has changed since. No cloud, no containers.

Usage: npm run live -- [OPTION...]

  --fleet NAME     preset to bring up (default: $FLEET, else "default")
  --timeout SECS   how long to wait until everything is Ready (default: 600)
  --json FILE      write what was measured as JSON; "-" prints it instead of the tables
  --help           this text

\`make live-down\` ends it and removes every trace.
Programs come from $KUBEBUILDER_ASSETS, PATH, the project's cache, else they are built, once.
Exit codes: 0 all Ready, 1 not all Ready in time (it stays up to look into), 2 could not run, 130 interrupted (nothing is left).`;

/** What `npm run live` is asked for. */
export interface LiveOptions {
  readonly fleet: string;
  /** Milliseconds. */
  readonly timeout: number;
  /** A file, or `-`. */
  readonly json?: string;
}

/** Reads a command line. Where there is nothing to do, prints what the person should know and gives the exit code. */
export function parse(args: readonly string[]): LiveOptions | number {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        fleet: { type: "string" },
        timeout: { type: "string", default: "600" },
        json: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const fleet = values.fleet ?? (process.env["FLEET"] || "default");
    presetNamed(fleet);
    const seconds = Number(values.timeout);
    if (!(seconds > 0)) throw new Error(`--timeout ${values.timeout} is no number of seconds above 0`);
    const json = values.json;
    return {
      fleet,
      timeout: seconds * 1000,
      ...(json !== undefined && { json: json === "-" ? "-" : resolve(process.env["INIT_CWD"] ?? process.cwd(), json) }),
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
}
