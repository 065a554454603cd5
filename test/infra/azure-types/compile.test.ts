import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AzureResource } from "../../../infra/azure-types";
import { GOOD } from "./good";
import { changed, MISTAKES } from "./mistakes";

const ROOT = join(__dirname, "../../..");
const COMPILER = join(ROOT, "node_modules/tsgo/bin/tsc");
const SDK = join(ROOT, "infra/node_modules/@pulumi/azure-native");

/** One assignment per line, so that the line of an error tells whose it is. */
function programOf(resources: readonly AzureResource[]): string {
  return resources
    .map(({ type, inputs }, index) => {
      const [, module = "", resource = ""] = type.split(":");
      const file = JSON.stringify(join(SDK, module, resource.slice(0, 1).toLowerCase() + resource.slice(1)));
      return `export const _${index}: import(${file}).${resource}Args = ${JSON.stringify(inputs)};`;
    })
    .join("\n");
}

function refusedByCompiler(resources: readonly AzureResource[]): ReadonlySet<number> {
  const folder = mkdtempSync(join(tmpdir(), "azure-types-"));
  try {
    writeFileSync(join(folder, "program.ts"), programOf(resources));
    const compilerOptions = {
      noEmit: true,
      strict: true,
      skipLibCheck: true,
      target: "es2022",
      module: "node16",
      types: [],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
    const { stdout } = spawnSync(process.execPath, [COMPILER, "-p", folder], { encoding: "utf8" });
    const strange = stdout.split("\n").filter((line) => line.startsWith("error") || line.includes("TS2307"));
    if (strange.length > 0) throw new Error(strange.join("\n"));
    return new Set([...stdout.matchAll(/program\.ts\((\d+),/g)].map(([, line]) => Number(line) - 1));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the compiler takes the good bodies and exactly the mistakes that are said to compile", () => {
  const mistakes = MISTAKES.map(({ on, at, write }) => changed(GOOD[on], at, write));
  const good = Object.values(GOOD);
  const refused = refusedByCompiler([...good, ...mistakes]);
  const names = [...Object.keys(GOOD), ...MISTAKES.map(({ name }) => name)].filter((_, index) => refused.has(index));
  expect(names).toEqual(MISTAKES.filter(({ compiles }) => !compiles).map(({ name }) => name));
});
