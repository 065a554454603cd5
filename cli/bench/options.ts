import { parseArgs } from "node:util";
import { UsageError } from "../usage";

/** What there is to measure. */
export const PARTS = ["render", "diff", "goals"] as const;
/** One of {@link PARTS}. */
export type Part = (typeof PARTS)[number];

/** What `npm run bench -- --help` prints. */
export const HELP = `Measures rendering and comparing: fleets of growing size, and beside their peers on the same objects, in one run, as ratios.

Usage: npm run bench -- [OPTION...]

  --only LIST   parts to measure (default: ${PARTS.join(",")})
                render: fleets of each size; the stock "cdk8s synth" with a ts-node app, and serial "kubectl kustomize"
                diff: a chart's version and an application's image change; "git diff" of folders and of commits,
                  "kubectl kustomize" twice and "diff", dyff, for one cluster after the other
                goals: the whole check of a pull request, and 100,000 objects that all change
  --sizes LIST  clusters in each fleet (default: 1,3,30,300,1000; of diff 3,100,1000)
  --runs N      counted runs of each, after one that is not (default: 5, and 3 where one takes long)
  --json FILE   write the figures as JSON, too
  --no-peers    leave the peers out
  --help        this text

Ratios hold on other machines, seconds do not. kubectl and dyff are built once, from the modules in tools/.
Exit codes: 0 measured, 2 could not be measured.`;

/** What to measure. */
export interface BenchOptions {
  readonly parts: readonly Part[];
  /** @default each part's own */
  readonly sizes?: readonly number[];
  readonly runs: number;
  readonly peers: boolean;
  readonly json?: string;
}

/** What a measured process does: renders a fleet of a size, in a state of a change. */
export interface RenderOptions {
  readonly render: number;
  readonly to: string;
  readonly state?: string;
}

/** Reads the command line. Throws {@link UsageError}. */
export function parse(args: readonly string[]): BenchOptions | RenderOptions | "help" {
  const values = parsed(args);
  if (values.help) return "help";
  if (values.render !== undefined && values.to !== undefined) {
    const [render = 0] = numbers(values.render);
    return { render, to: values.to, ...(values.state === undefined ? {} : { state: values.state }) };
  }
  const [runs = 0, ...more] = numbers(values.runs);
  if (more.length > 0) throw new UsageError(WRONG_NUMBER);
  return {
    parts: partsOf(values.only),
    ...(values.sizes === undefined ? {} : { sizes: numbers(values.sizes) }),
    runs,
    peers: !values["no-peers"],
    ...(values.json === undefined ? {} : { json: values.json }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: withValues(args),
      options: {
        only: { type: "string", default: PARTS.join(",") },
        sizes: { type: "string" },
        runs: { type: "string", default: "5" },
        json: { type: "string" },
        "no-peers": { type: "boolean", default: false },
        render: { type: "string" },
        to: { type: "string" },
        state: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** `--runs -1` as `--runs=-1`, so that the number is what is refused. */
function withValues(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    if (/^-\d/.test(arg) && /^--(runs|sizes)$/.test(args[index - 1] ?? "")) return [];
    const next = args[index + 1] ?? "";
    return /^--(runs|sizes)$/.test(arg) && /^-\d/.test(next) ? [`${arg}=${next}`] : [arg];
  });
}

const WRONG_NUMBER = "--sizes and --runs take positive whole numbers";

function numbers(list: string): readonly number[] {
  const found = list.split(",").map((text) => (/^\d+$/.test(text.trim()) ? Number(text) : 0));
  if (found.includes(0)) throw new UsageError(WRONG_NUMBER);
  return found;
}

function partsOf(list: string): readonly Part[] {
  return list.split(",").map((text) => {
    const part = PARTS.find((name) => name === text.trim());
    if (!part) throw new UsageError(`there is no part ${JSON.stringify(text)}; there are ${PARTS.join(", ")}`);
    return part;
  });
}
