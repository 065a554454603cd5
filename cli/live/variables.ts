import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { presetNamed } from "../../clusters/presets";
import { runProgram } from "../tools/process";
import { read, type StateFolder, save } from "./state";

/** Values of variables by cluster, then by name. */
export type Variables = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface Recorded {
  readonly type: string;
  readonly inputs: {
    readonly clusterName?: string;
    readonly kustomizations?: Readonly<
      Record<string, { readonly postBuild?: { readonly substitute?: Record<string, string> } }>
    >;
  };
}

/** Variables, and what they were made of. */
export interface KeptVariables {
  readonly key: string;
  readonly variables: Variables;
}

/** What {@link provisionedVariables} gives, from what the rig keeps where that is still right: it takes some seconds and seldom changes. */
export async function currentVariables(
  state: StateFolder,
  root: string,
  preset: string,
  signal?: AbortSignal,
): Promise<KeptVariables> {
  const file = fileIn(state);
  const key = keyOf(root, preset);
  const kept = existsSync(file) ? read<KeptVariables>(file) : undefined;
  return kept?.key === key ? kept : { key, variables: await provisionedVariables(root, preset, signal) };
}

/** Has the rig keep variables. */
export function keepVariables(state: StateFolder, kept: KeptVariables): void {
  save(fileIn(state), kept);
}

function fileIn({ path }: StateFolder): string {
  return join(path, "variables.json");
}

/**
 * What the infra program hands to Flux on each cluster, from a run without Azure: client ids and the like are made up, their names and
 * places are not. Throws when the infra program's packages are not installed.
 */
export async function provisionedVariables(root: string, preset: string, signal?: AbortSignal): Promise<Variables> {
  if (!existsSync(join(root, "infra", "node_modules", "@pulumi"))) {
    throw new Error(
      "The infra program's packages are not installed, which the clusters' variables come from. Fix: npm ci --prefix infra",
    );
  }
  const folder = mkdtempSync(join(tmpdir(), "aks-fleet-variables-"));
  try {
    const file = join(folder, "recorded.json");
    const args = ["run", "--silent", "record", "--prefix", "infra", "--", "--fleet", preset, "--output", file];
    const { code, stderr } = await runProgram("npm", args, { cwd: root, env: process.env, ...(signal && { signal }) });
    if (code !== 0) throw new Error(`the infra program did not run: ${stderr.trim()}`);
    return variablesIn((JSON.parse(readFileSync(file, "utf8")) as { resources: Recorded[] }).resources);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The variables of each cluster's `fluxConfiguration`, by the name of the fleet's cluster. */
export function variablesIn(resources: readonly Recorded[]): Variables {
  return Object.fromEntries(
    resources
      .filter(({ type }) => type === "azure-native:kubernetesconfiguration:FluxConfiguration")
      .map(({ inputs }) => {
        const [root] = Object.values(inputs.kustomizations ?? {});
        return [String(inputs.clusterName).replace(/^aks-/, ""), root?.postBuild?.substitute ?? {}];
      }),
  );
}

/** Stands for the fleet's description and the infra program, of which the variables are made. */
function keyOf(root: string, preset: string): string {
  const hash = createHash("sha256").update(JSON.stringify(presetNamed(preset)));
  for (const file of sourcesIn(join(root, "infra"))) hash.update(file).update("\0").update(readFileSync(file));
  return hash.digest("hex");
}

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "node_modules" ? [] : sourcesIn(path);
      return /\.ts$|^package-lock\.json$/.test(entry.name) ? [path] : [];
    })
    .sort();
}
