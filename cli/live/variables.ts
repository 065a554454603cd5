import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "../tools/process";

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
    const args = ["run", "--silent", "record", "--prefix", "infra", "--", "--preset", preset, "--output", file];
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
