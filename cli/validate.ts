import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { interruptible } from "./interrupt";
import { complain, UsageError } from "./usage";
import type { EngineName } from "./validate/engine";
import { FORMATS, type Format, formatted } from "./validate/format";
import { hasColour, readable } from "./validate/readable";
import { ValidateError, validateTree } from "./validate/validate-tree";

export type { Finding, ValidationReport } from "./validate/types";
export { ValidateError, type ValidateOptions, validateTree } from "./validate/validate-tree";

const HELP = `Validates every manifest of a rendered tree: schemas by kubeconform, and what schemas cannot say.

Usage: npm run validate -- [DIR] [OPTION...]

  DIR              folder of the clusters, or of one cluster (default: dist)
  --format FORMAT  ${FORMATS.join(", ")} (default: text)
  --output FILE    write the report there, and a readable one to the terminal
  --engine ENGINE  kubeconform, or builtin: a check in this process (default: kubeconform, and builtin where it cannot be had;
                   with CI=true that is a failure)
  --help           this text

Exit codes: 0 valid, 1 findings, 2 could not run, 130 interrupted.`;

const ENGINES: readonly EngineName[] = ["kubeconform", "builtin"];

interface Options {
  readonly folder: string;
  readonly format: Format;
  readonly output?: string;
  readonly engine?: EngineName;
}

/** `npm run validate`. */
export async function run(args: readonly string[]): Promise<number> {
  return interruptible(async (signal) => {
    try {
      const options = parse(args);
      if (options === undefined) {
        console.log(HELP);
        return 0;
      }
      const { folder, engine } = options;
      const report = await validateTree(folder, { signal, ...(engine ? { engine } : {}) });
      print(report, options);
      return report.exitCode;
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

function print(report: Awaited<ReturnType<typeof validateTree>>, { format, output }: Options): void {
  if (output === undefined) {
    process.stdout.write(formatted(report, format, hasColour(process.stdout)));
    // A machine reads the report; the person who started it must hear this all the same.
    if (format !== "text" && report.warning !== undefined) console.error(report.warning);
    return;
  }
  try {
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, formatted(report, format));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new ValidateError(`The report cannot be written (${said}). Fix: name a file that can be written`);
  }
  console.error(`${readable(report)}\nreport: ${relative(process.cwd(), output)}`);
}

function parse(args: readonly string[]): Options | undefined {
  const { values, positionals } = parsed(args);
  if (values.help) return undefined;
  if (positionals.length > 1) throw new UsageError(`one folder at a time, not ${positionals.join(", ")}`);
  const format = FORMATS.find((name) => name === values.format);
  if (format === undefined)
    throw new UsageError(`there is no format ${values.format}; there are ${FORMATS.join(", ")}`);
  const engine = ENGINES.find((name) => name === values.engine);
  if (values.engine !== undefined && engine === undefined) {
    throw new UsageError(`there is no engine ${values.engine}; there are ${ENGINES.join(", ")}`);
  }
  const from = process.env["INIT_CWD"] ?? process.cwd();
  const [folder] = positionals;
  return {
    folder: folder === undefined ? resolve("dist") : resolve(from, folder),
    format,
    ...(values.output === undefined ? {} : { output: resolve(from, values.output) }),
    ...(engine === undefined ? {} : { engine }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: "string", default: "text" },
        output: { type: "string" },
        engine: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
