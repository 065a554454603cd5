import { createHash } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TOKENS } from "./token-table";
import { collect, type ReadFile } from "./update/collect";
import { checkout, type Origin, remote } from "./update/read";

const HELP = `Usage: npm run azure-types [-- --check | --from <folder>]

Fetches Azure's published types of every resource type in infra/azure-types/token-table.ts at the pinned commit
(infra/azure-types/origin.json), prunes them and writes infra/azure-types/arm-types.json. Needs the internet, or a checkout.

  --check          write nothing; exit 1 when the file is not what the commit gives
  --from <folder>  read a checkout of github.com/Azure/bicep-types-az at the pinned commit instead
  --help           show this text
`;

/** How to run the task; the folder and the reader can be others in tests. */
export interface UpdateOptions {
  readonly folder?: string;
  readonly read?: ReadFile;
}

/** `npm run azure-types`: returns the exit code. */
export async function run(args: readonly string[], options: UpdateOptions = {}): Promise<number> {
  const wish = wishOf(args);
  if (wish === "help") return say(HELP, 0);
  if (typeof wish === "string") return fail(`${wish}\n\n${HELP}`, 2);
  const folder = options.folder ?? join(process.cwd(), "infra", "azure-types");
  try {
    const origin = JSON.parse(await readFile(join(folder, "origin.json"), "utf8")) as Origin;
    const read = options.read ?? (wish.from === undefined ? remote(origin) : await checkout(wish.from, origin));
    return await update(folder, origin, read, wish.check);
  } catch (error) {
    return fail(`azure-types: ${error instanceof Error ? error.message : String(error)}; nothing was written`, 1);
  }
}

/** Resource types that the data must hold, `<type>@<version>`. */
export function neededTypes(): readonly string[] {
  return [...new Set(Object.values(TOKENS).map(({ type, version }) => `${type}@${version}`))].sort();
}

async function update(folder: string, origin: Origin, read: ReadFile, check: boolean): Promise<number> {
  const needed = neededTypes();
  const { data, problems } = await collect(needed, read);
  if (problems.length > 0) return fail(`${problems.join("\n")}\nazure-types: nothing was written`, 1);
  const text = JSON.stringify(data);
  const file = join(folder, "arm-types.json");
  const same = (await readFile(file, "utf8").catch(() => "")) === text;
  const what = `${needed.length} resource types of ${origin.commit.slice(0, 7)}`;
  if (same) return say(`azure-types: ${file} is what the commit gives, ${what}\n`, 0);
  if (check) return fail(`azure-types: ${file} is not what the commit gives; run npm run azure-types`, 1);
  const sha256 = createHash("sha256").update(text).digest("hex");
  const record = `${JSON.stringify({ ...origin, sha256 }, undefined, 2)}\n`;
  await replace([
    [file, text],
    [join(folder, "origin.json"), record],
  ]);
  return say(`azure-types: wrote ${file}, ${what}, sha256 ${sha256}\n`, 0);
}

/** Writes every file beside its place before any is put there. */
async function replace(files: readonly (readonly [path: string, text: string])[]): Promise<void> {
  const beside = (path: string) => `${path}.${process.pid}.tmp`;
  try {
    for (const [path, text] of files) await writeFile(beside(path), text);
    for (const [path] of files) await rename(beside(path), path);
  } finally {
    for (const [path] of files) await rm(beside(path), { force: true });
  }
}

function wishOf(args: readonly string[]): { readonly check: boolean; readonly from?: string } | string {
  if (args.includes("--help") || args.includes("-h")) return "help";
  const rest = args.filter((arg) => arg !== "--check");
  const check = rest.length < args.length;
  if (rest.length === 0) return { check };
  const [option, from, ...more] = rest;
  if (option !== "--from") return `unknown argument ${option}`;
  if (from === undefined || from === "") return "--from needs a folder";
  return more.length > 0 ? `unknown argument ${more[0]}` : { check, from };
}

function say(text: string, code: number): number {
  process.stdout.write(text);
  return code;
}

function fail(text: string, code: number): number {
  process.stderr.write(`${text.trimEnd()}\n`);
  return code;
}
