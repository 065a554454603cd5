import type { PulumiCli } from "../../../infra/engine/cli";
import { runEntry } from "../../../infra/engine/process";
import { type Engine, type StateResource, startEngine } from "../../../infra/engine/run";
import type { CloudEntry, ConfigEntry, OperationResult, Step } from "../../../infra/engine/types";
import { SAMPLE_CONFIG } from "../../../infra/record/config";
import { ROOT } from "./root";

/** Long enough for a machine that builds the CLI, or is busy with other things. */
const FIND_MS = 20 * 60_000;

/** Deadline of a test that runs a few operations of the engine. */
export const MINUTES = 60_000;

/** What must not be in the state in clear: made up, and not a key of anything. */
export const DEPLOY_KEY_BODY = "bm90LWEta2V5LWJ1dC1hLWNhbmFyeS1pbi10aGUtc3RhdGU";

const DEPLOY_KEY = `-----BEGIN OPENSSH PRIVATE KEY-----\n${DEPLOY_KEY_BODY}\n-----END OPENSSH PRIVATE KEY-----\n`;

/** Configuration of a stack, as a user of that preset would set it. */
export function configOf(preset: string): Readonly<Record<string, ConfigEntry>> {
  const ssh = preset === "default";
  return {
    ...SAMPLE_CONFIG,
    "aks-fleet:preset": preset,
    ...(ssh && { "aks-fleet:gitSshPrivateKey": { secret: DEPLOY_KEY } }),
  };
}

/** The Pulumi CLI, if it can be had. */
export const cli = pulumiCli();

/** Tests that need the real engine: skipped, and loudly so, where the Pulumi CLI cannot be had; an error where CI is true. */
export const describeEngine: jest.Describe = cli ? describe : describe.skip;

/** Starts an engine for a preset; stop it in the end. */
export async function engineFor(preset: string): Promise<Engine> {
  if (!cli) throw new Error("there is no Pulumi CLI");
  return startEngine({ pulumi: cli.path, config: configOf(preset) });
}

function pulumiCli(): PulumiCli | undefined {
  const found = JSON.parse(runEntry(ROOT, "find.ts", FIND_MS)) as PulumiCli | { missing: string };
  if (!("missing" in found)) {
    const where = found.origin === "PATH" ? found.path : found.origin;
    process.stderr.write(`real engine: pulumi ${found.version} (${where}); a stand-in on this machine plays Azure\n`);
    return found;
  }
  const message = `THE REAL ENGINE WAS NOT TESTED: ${found.missing}`;
  if (process.env["CI"] === "true") throw new Error(message);
  process.stderr.write(`\n${message}\n\n`);
  return undefined;
}

/** Fails with all that the engine said when an operation did not succeed. */
export function expectOk(result: OperationResult): OperationResult {
  if (!result.ok) throw new Error(`${result.operation} failed:\n${result.errors.join("\n")}`);
  return result;
}

/** What the engine did, one line per step, sorted. */
export function lines(steps: readonly Step[]): readonly string[] {
  return steps.map(({ op, type, name }) => `${op} ${type.replace("azure-native:", "")} ${name}`).sort();
}

/** The kinds of steps, each once. */
export function kinds(steps: readonly Step[]): readonly string[] {
  return [...new Set(steps.map(({ op }) => op))].sort();
}

/** What is in the state beside the stack, the provider and components. */
export function provisioned(engine: Engine): readonly StateResource[] {
  return (engine.state().resources ?? []).filter(({ type }) => type.startsWith("azure-native:"));
}

/** Unique names of what is in the state, sorted. */
export function names(engine: Engine): readonly string[] {
  const urns = provisioned(engine).map(({ urn }) => urn);
  return urns.sort();
}

/** The one resource of the stand-in with that type and end of the id. */
export function inCloud(cloud: readonly CloudEntry[], type: string, end: string): CloudEntry {
  const [found, ...more] = cloud.filter(({ id, token }) => token === `azure-native:${type}` && id.endsWith(`/${end}`));
  if (!found || more.length > 0) throw new Error(`${more.length > 0 ? "more than one" : "no"} ${type} ${end}`);
  return found;
}
