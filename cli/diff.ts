import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { overlayOf } from "../clusters/overlays";
import { loadPreset } from "../main";
import { compareTrees } from "./diff/compare";
import { rulesPage } from "./diff/docs";
import { FORMATS, type Format, formatted } from "./diff/format";
import { readRecording } from "./diff/infra";
import type { DiffResult } from "./diff/model";
import { textOf } from "./diff/output/text";
import { chooseSides } from "./diff/sources/choose";
import { answer } from "./diff/sources/git";
import { renderSource } from "./diff/sources/render";
import { DiffError, type Source } from "./diff/sources/source";
import { readWaivers, WAIVERS_FILE, type Waiver } from "./diff/waivers";
import { interruptible } from "./interrupt";
import { complain, UsageError } from "./usage";
import { hasColour } from "./validate/readable";

const HELP = `Says what a change will do: which objects on which clusters, what becomes of them, what is dangerous, what follows.

Usage: npm run diff -- [OPTION...]

  --from REF|DIR   what is there now (default: where HEAD left the upstream main branch: origin/main, else main, else HEAD).
                   A ref without --to stands for where HEAD left it
  --to REF|DIR     what will be there (default: the working tree, rendered anew)
  --format FORMAT  ${FORMATS.join(", ")} (default: text)
  --output FILE    write it there, and a readable report to the terminal
  --fleet NAME     preset to render (default: $FLEET, else "default")
  --waivers FILE   reviewed consents (default: ${WAIVERS_FILE}, of the commit where --to is one)
  --infra-from FILE, --infra-to FILE
                   recordings of the infra program on both sides, as JSON of resources: [{ type, name, inputs }] and
                   replacement: { type: [property] }; without them Azure is not compared
  --rules          print docs/diff-rules.md: every rule, and what to do about it
  --help           this text

Exit codes: 0 nothing dangerous that is not approved, 1 a danger, or a waiver that is wrong, 2 could not compare, 130 interrupted.
Rules and what to do about each: docs/diff-rules.md.`;

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly format: Format;
  readonly output?: string;
  readonly fleet: string;
  readonly waivers?: string;
  readonly infra?: { readonly from: string; readonly to: string };
  readonly cwd: string;
}

/** `npm run diff`. */
export async function run(args: readonly string[]): Promise<number> {
  return interruptible(async (signal) => {
    try {
      const options = parse(args);
      if (typeof options === "string") {
        process.stdout.write(options);
        return 0;
      }
      const result = await diff(options, process.cwd());
      signal.throwIfAborted();
      print(result, options);
      return result.summary.exitCode;
    } catch (error) {
      if (signal.aborted) {
        console.error("\nInterrupted.");
        return 130;
      }
      complain(error, HELP);
      return 2;
    }
  });
}

async function diff({ cwd, fleet, infra, ...options }: Options, root: string): Promise<DiffResult> {
  const { from, to } = await chooseSides({
    root,
    cwd,
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.to === undefined ? {} : { to: options.to }),
    render: (format) => renderSource(loadPreset(fleet), overlayOf, format),
  });
  return compareTrees(from, to, {
    today: new Date().toISOString().slice(0, 10),
    waivers: await waiversOf(root, to, options.waivers),
    ...(infra ? { infra: { from: readRecording(infra.from), to: readRecording(infra.to) } } : {}),
  });
}

/** A commit is judged by its own waivers, not by those that happen to lie in the working tree. */
async function waiversOf(root: string, to: Source, file: string | undefined): Promise<readonly Waiver[]> {
  const { commit } = to.side;
  if (file === undefined && commit !== undefined) {
    return readWaivers((await answer(root, ["show", `${commit}:./${WAIVERS_FILE}`])) ?? "");
  }
  const path = file ?? join(root, WAIVERS_FILE);
  if (file === undefined && !existsSync(path)) return [];
  try {
    return readWaivers(readFileSync(path, "utf8"), relative(root, path));
  } catch (error) {
    if (error instanceof DiffError) throw error;
    throw new DiffError(
      `${path} cannot be read (${error instanceof Error ? error.message : String(error)}). Fix: name a file of waivers`,
    );
  }
}

function print(result: DiffResult, { format, output }: Options): void {
  if (output === undefined) {
    process.stdout.write(formatted(result, format, hasColour(process.stdout)));
    return;
  }
  try {
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, formatted(result, format));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new DiffError(`The report cannot be written (${said}). Fix: name a file that can be written`);
  }
  process.stderr.write(textOf(result, hasColour(process.stderr)));
  console.error(`report: ${relative(process.cwd(), output)}`);
}

/** What to do, or a text to print in its place. */
function parse(args: readonly string[]): Options | string {
  const values = parsed(args);
  if (values.help) return `${HELP}\n`;
  if (values.rules) return rulesPage();
  const format = FORMATS.find((name) => name === values.format);
  if (format === undefined)
    throw new UsageError(`there is no format ${values.format}; there are ${FORMATS.join(", ")}`);
  const cwd = process.env["INIT_CWD"] ?? process.cwd();
  const [infraFrom, infraTo] = [values["infra-from"], values["infra-to"]];
  if ((infraFrom === undefined) !== (infraTo === undefined))
    throw new UsageError("--infra-from and --infra-to go together");
  return {
    cwd,
    format,
    fleet: values.fleet ?? (process.env["FLEET"] || "default"),
    ...(values.from === undefined ? {} : { from: values.from }),
    ...(values.to === undefined ? {} : { to: values.to }),
    ...(values.output === undefined ? {} : { output: resolve(cwd, values.output) }),
    ...(values.waivers === undefined ? {} : { waivers: resolve(cwd, values.waivers) }),
    ...(infraFrom === undefined || infraTo === undefined
      ? {}
      : { infra: { from: resolve(cwd, infraFrom), to: resolve(cwd, infraTo) } }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        from: { type: "string" },
        to: { type: "string" },
        format: { type: "string", default: "text" },
        output: { type: "string" },
        fleet: { type: "string" },
        waivers: { type: "string" },
        "infra-from": { type: "string" },
        "infra-to": { type: "string" },
        rules: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
