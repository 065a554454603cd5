import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { presetNamed } from "../../clusters/presets";
import { wantsExisting } from "./existing";

const HELP = `Brings the fleet up on this machine: for each cluster a real API server with Flux on it, a Git server with the rendered fleet, a registry
with its charts. Waits until all of it is Ready, and leaves it running. Run again, it pushes what has changed since. No cloud, no containers.

Usage: npm run live -- [OPTION...]

  --fleet NAME     preset to bring up (default: $FLEET, else "default")
  --clusters A,B   bring up these only (default: all of the fleet)
  --timeout SECS   how long to wait until everything is Ready (default: 600)
  --json FILE      write what was measured as JSON; "-" prints it instead of the tables
  --help           this text

With USE_EXISTING_CLUSTER=true it is brought up on test clusters of yours instead: for each cluster the context kind-CLUSTER, k3d-CLUSTER or
rig-CLUSTER of $KUBECONFIG; for one cluster also the current context, if it is kind's, k3d's or the rig's, or the one that $E2E_ALLOW_CONTEXT
names. No other context is ever used.

\`make live-down\` ends it and removes every trace.
Programs come from $KUBEBUILDER_ASSETS, PATH, the project's cache, else they are built, once.
Exit codes: 0 all Ready, 1 not all Ready in time (it stays up to look into), 2 could not run, 130 interrupted (what was not up
before is gone).`;

/** What `npm run live` is asked for. */
export interface LiveOptions {
  readonly fleet: string;
  /** @default all of the fleet */
  readonly clusters?: readonly string[];
  /** Milliseconds. */
  readonly timeout: number;
  /** A file, or `-`. */
  readonly json?: string;
  /** On test clusters that exist. @default on API servers of its own */
  readonly existing?: true;
}

/** Reads a command line. Where there is nothing to do, prints what the person should know and gives the exit code. */
export function parse(args: readonly string[]): LiveOptions | number {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        fleet: { type: "string" },
        clusters: { type: "string" },
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
    const clusters = values.clusters === undefined ? undefined : clustersNamed(values.clusters, fleet);
    presetNamed(fleet);
    const seconds = Number(values.timeout);
    if (!(seconds > 0)) throw new Error(`--timeout ${values.timeout} is no number of seconds above 0`);
    return {
      fleet,
      timeout: seconds * 1000,
      ...(clusters && { clusters }),
      ...(values.json !== undefined && { json: placeOf(values.json) }),
      ...(wantsExisting() && { existing: true as const }),
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
}

function clustersNamed(list: string, fleet: string): readonly string[] {
  const known = presetNamed(fleet).clusters.map(({ name }) => name);
  const names = [...new Set(list.split(",").map((name) => name.trim()))];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return names;
  throw new Error(
    `--clusters: there is no ${unknown.map((name) => `"${name}"`).join(", ")}; the fleet has ${known.join(", ")}`,
  );
}

/** Where the report goes, seen from where the person is. Told before a minute of work whether it can be written. */
function placeOf(json: string): string {
  if (json === "-") return json;
  const file = resolve(process.env["INIT_CWD"] ?? process.cwd(), json);
  if (!existsSync(dirname(file))) throw new Error(`--json ${json}: there is no folder ${dirname(file)}`);
  return file;
}
