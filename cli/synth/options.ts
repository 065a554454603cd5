import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { presetNamed } from "../../clusters/presets";

const HELP = `Renders every cluster of a fleet, validates the result, and puts it in place only when all of it is good.

Usage: npm run synth -- [OPTION...]

  --fleet NAME   preset to render (default: $FLEET, else "default")
  --dist DIR     folder to render to (default: $DIST, else dist)
  --check        render nothing into it; exit with 1 and name the files when the folder is not what the sources render
  --no-validate  leave out the validation
  --json         print what was rendered as JSON
  --help         this text

Exit codes: 0 rendered, 1 the fleet or a manifest is wrong, 2 could not run, 130 interrupted. On all but 0 the folder is as it was.`;

/** What `npm run synth` is asked for. */
export interface Options {
  readonly fleet: string;
  readonly target: string;
  readonly check: boolean;
  readonly validate: boolean;
  readonly json: boolean;
}

/** Reads a command line and the environment. Where there is nothing to do, prints what the person should know and gives the exit code. */
export function parse(args: readonly string[]): Options | number {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        fleet: { type: "string" },
        dist: { type: "string" },
        check: { type: "boolean", default: false },
        "no-validate": { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const fleet = values.fleet ?? (process.env["FLEET"] || "default");
    presetNamed(fleet);
    const dist = values.dist ?? process.env["DIST"];
    return {
      fleet,
      target: followed(dist ? resolve(process.env["INIT_CWD"] ?? process.cwd(), dist) : resolve("dist")),
      check: values.check,
      validate: !values["no-validate"],
      json: values.json,
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
}

/** Where a link leads: it is the folder there that is replaced, not the link. */
function followed(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
