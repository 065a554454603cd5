import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SOURCES } from "../imports/sources";
import { fetchSources } from "./import/fetch";
import { compare, type Difference, replace } from "./import/files";
import { generate } from "./import/generate";
import { parseOrigins } from "./import/origins";

const HELP = `Usage: npm run import [-- --check]

Regenerates the types and JSON schemas in imports/ from the sources that imports/sources.ts lists, at the versions that
clusters/versions.ts pins. Needs Go: the definitions come from Go modules.

  --check   write nothing; exit 1 and name each file that is not what the sources give
  --help    show this text
`;

/** `npm run import`: returns the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(HELP);
    return 0;
  }
  const unknown = args.filter((arg) => arg !== "--check");
  if (unknown.length > 0) return fail([`unknown argument ${unknown.join(" ")}`, HELP], 2);
  const folder = join(process.cwd(), "imports");
  if (!existsSync(join(folder, "sources.ts")))
    return fail([`${folder}: no sources.ts there; run it from the project's folder`], 2);

  const { fetched, problems } = await fetchSources(SOURCES, folder);
  const previous = parseOrigins(await readFile(join(folder, "origins.json"), "utf8").catch(() => undefined));
  const generated = await generate(fetched, previous);
  const all = [...problems, ...generated.problems];
  if (all.length > 0) return fail([...all, `import: ${all.length} problem(s), imports/ is as it was`], 1);

  const differences = await compare(folder, generated.files);
  const lines = differences.map(describe);
  if (args.includes("--check")) {
    if (lines.length === 0) return succeed(`import: ${generated.files.size} files are what the sources give`);
    return fail([...lines, `import: ${lines.length} file(s) are not what the sources give; run npm run import`], 1);
  }
  await replace(folder, generated.files, differences);
  return succeed([...lines, `import: ${generated.files.size} files, ${lines.length} changed`].join("\n"));
}

function describe({ path, how }: Difference): string {
  return `${how.padEnd(7)} imports/${path}`;
}

function fail(lines: readonly string[], code: number): number {
  process.stderr.write(`${lines.join("\n")}\n`);
  return code;
}

function succeed(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}
