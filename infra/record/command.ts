import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { presets } from "../../clusters/presets";
import { recordCommit } from "./commit";
import { exported } from "./export";

const ROOT = join(__dirname, "..", "..");

const HELP = `Writes down what the infra program registers, without engine, Azure, login or secrets, for \`npm run diff -- --infra-from
FILE --infra-to FILE\`. Settings are made up; a secret is never in the file.

Usage: npm run record --prefix infra -- --output FILE [OPTION...]

  --output FILE  where to write it
  --at REF       the program of that commit (default: of the working tree)
  --fleet NAME   preset: ${Object.keys(presets).join(", ")} (default: $FLEET, else "default")
  --help         this text

Exit codes: 0 recorded, 2 could not be recorded.`;

class UsageError extends Error {}

interface Options {
  readonly output: string;
  readonly at?: string;
  readonly fleet: string;
}

/** `npm run record --prefix infra`. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const options = parse(args);
    if (options === "help") console.log(HELP);
    else await record(options);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    if (error instanceof UsageError) console.error(`\n${HELP}`);
    return 2;
  }
}

async function record({ output, at, fleet }: Options): Promise<void> {
  mkdirSync(dirname(output), { recursive: true });
  if (at === undefined) {
    // Loaded when needed: the SDK takes half a second.
    const { recordRun } = require("./run") as typeof import("./run");
    writeFileSync(output, `${JSON.stringify(exported(await recordRun({ preset: fleet })), null, 2)}\n`);
  } else recordCommit({ root: ROOT, ref: at, fleet, output });
  console.log(`recorded: ${relative(process.env["INIT_CWD"] ?? process.cwd(), output)}`);
}

function parse(args: readonly string[]): Options | "help" {
  const values = parsed(args);
  if (values.help) return "help";
  if (values.output === undefined) throw new UsageError("--output FILE is missing");
  const fleet = values.fleet ?? (process.env["FLEET"] || "default");
  if (!Object.hasOwn(presets, fleet) && values.at === undefined)
    throw new UsageError(`there is no preset ${JSON.stringify(fleet)}; there are ${Object.keys(presets).join(", ")}`);
  return {
    output: resolve(process.env["INIT_CWD"] ?? process.cwd(), values.output),
    fleet,
    ...(values.at === undefined ? {} : { at: values.at }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        output: { type: "string" },
        at: { type: "string" },
        fleet: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
