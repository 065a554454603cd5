import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Fleet } from "../clusters/fleet";
import { presets } from "../clusters/presets";
import { loadPreset } from "../main";
import { rulesPage } from "./diff/docs";
import type { Parts } from "./docs/markers";
import { generate } from "./docs/parts";
import { type Pages, staleDocuments } from "./docs/update";

const HELP = `Writes the generated parts of the documents anew: component matrix, order, versions, names, quota and cost, from every preset.

Usage: npm run docs -- [OPTION...]

  --check  write nothing; exit with 1 and name the documents that are stale
  --help   this text

A generated part stands between <!-- generated: NAME --> and <!-- /generated: NAME -->, in any .md file below docs/.
docs/diff-rules.md is generated as a whole, from the rules of \`make diff\`.
Exit codes: 0 written or fresh, 1 a document is stale, a marker is wrong or a fleet does not render, 2 could not run.`;

/** Folder of the documents, in the repository. */
const DOCS = "docs";
/** Documents that are generated as a whole. */
const PAGES = { [`${DOCS}/diff-rules.md`]: rulesPage };

/** `npm run docs`. */
export async function run(args: readonly string[]): Promise<number> {
  let check: boolean;
  try {
    const options = { check: { type: "boolean", default: false }, help: { type: "boolean", short: "h" } } as const;
    const { values } = parseArgs({ args: [...args], options });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    check = values.check;
  } catch (error) {
    console.error(`${reasonOf(error)}\n\n${HELP}`);
    return 2;
  }
  try {
    const pages = Object.fromEntries(Object.entries(PAGES).map(([path, write]) => [path, write()]));
    return update(process.cwd(), generate(loadPresets()), check, pages);
  } catch (error) {
    console.error(reasonOf(error));
    return 1;
  }
}

/** Writes what is stale, or says what it is. */
export function update(root: string, parts: Parts, check: boolean, pages: Pages = {}): number {
  const stale = staleDocuments(root, DOCS, parts, pages);
  if (stale.length === 0) {
    console.log(`${DOCS} is what the sources say.`);
    return 0;
  }
  if (check) {
    console.error(
      `${DOCS} is not what the sources say. Fix: run \`npm run docs\` and commit the result. Stale documents:`,
    );
    for (const { path } of stale) console.error(`  ${path}`);
    return 1;
  }
  for (const { path, text } of stale) {
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
  return 0;
}

function loadPresets(): Readonly<Record<string, Fleet>> & { readonly default: Fleet } {
  const loaded = Object.fromEntries(Object.keys(presets).map((name) => [name, loadPreset(name)]));
  return { ...loaded, default: loaded["default"] ?? loadPreset("default") };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
