import { join } from "node:path";
import {
  type ConfigMap,
  type EngineEvent,
  LocalWorkspace,
  type OutputMap,
  PulumiCommand,
  type Stack,
} from "@pulumi/pulumi/automation";
import { PROJECT } from "../record/config";
import { answerCalls } from "./calls";
import { createEventLog } from "./events";
import { checkEdited, loadTypeScript } from "./loader";
import type { ConfigEntry, Edit, Operation, OperationCalls, OperationResult, Setup } from "./types";

/** Resources that the engine works on at the same time. */
const PARALLEL = 16;
const PASSPHRASE = "stand-in";

const interrupted = new AbortController();

const calls: OperationCalls = {
  configure: async (setup, config) => {
    const stack = await stackOf(setup, {}, async () => ({}));
    await stack.setAllConfig(configMap(config));
  },
  run: async (setup, port, operation, { edits = [], saveOnce = false }) => {
    const env = {
      PULUMI_DEBUG_PROVIDERS: `azure-native:${port}`,
      ...(saveOnce && { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" }),
    };
    const stack = await stackOf(setup, env, () => runProgram(setup, edits));
    if (operation !== "destroy") return perform(operation, (how) => stack[operation]({ ...how, parallel: PARALLEL }));
    // As the CLI does unless told otherwise: what the plan refuses, such as protected resources, is not begun.
    const plan = await perform(operation, (how) => stack.destroy({ ...how, previewOnly: true }));
    if (!plan.ok) return { ...plan, changes: {}, steps: [] };
    return perform(operation, (how) => stack.destroy({ ...how, parallel: PARALLEL }));
  },
};

interface How {
  readonly onEvent: (event: EngineEvent) => void;
  readonly color: "never";
  readonly signal: AbortSignal;
}

async function perform(operation: Operation, work: (how: How) => Promise<object>): Promise<OperationResult> {
  const log = createEventLog();
  const begin = performance.now();
  const result = await work({ onEvent: log.onEvent, color: "never", signal: interrupted.signal }).catch(asError);
  const ok = !(result instanceof Error);
  const errors = !ok && log.errors().length === 0 ? [result.message] : log.errors();
  const outputs = "outputs" in result ? told(result.outputs as OutputMap) : {};
  const seconds = (performance.now() - begin) / 1000;
  return { operation, ok, changes: log.changes(), steps: log.steps(), errors, outputs, seconds };
}

/** What the CLI itself says when it stops before the engine begins. */
function asError(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(/^error: .*$/m.exec(message)?.[0] ?? message);
}

/** What the CLI does with the entry of a CommonJS project: a function that it exports is called. */
async function runProgram({ root, program }: Setup, edits: readonly Edit[]): Promise<Record<string, unknown>> {
  loadTypeScript(root, edits);
  const exported: unknown = require(join(root, program));
  checkEdited(root, edits);
  return exported instanceof Function ? exported() : (exported as Record<string, unknown>);
}

async function stackOf(
  setup: Setup,
  env: Readonly<Record<string, string>>,
  program: () => Promise<Record<string, unknown>>,
): Promise<Stack> {
  return LocalWorkspace.createOrSelectStack(
    { stackName: setup.stack, projectName: PROJECT, program },
    {
      workDir: join(setup.folder, "work"),
      pulumiHome: join(setup.folder, "home"),
      pulumiCommand: await PulumiCommand.get({ root: setup.folder }),
      envVars: {
        PULUMI_BACKEND_URL: `file://${join(setup.folder, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        ...env,
      },
    },
  );
}

function told(outputs: OutputMap): OperationResult["outputs"] {
  const entries = Object.entries(outputs);
  return Object.fromEntries(
    entries.map(([name, { value, secret }]) => [name, { value: secret ? undefined : (value as unknown), secret }]),
  );
}

function configMap(config: Readonly<Record<string, ConfigEntry>>): ConfigMap {
  const entries = Object.entries(config).map(([key, entry]) => {
    return [key, typeof entry === "string" ? { value: entry } : { value: entry.secret, secret: true }];
  });
  return Object.fromEntries(entries);
}

/** The one that started this process is gone: the engine stops where it is, and all that this process has started with it. */
function abandoned(): void {
  interrupted.abort();
  setTimeout(() => process.kill(-process.pid, "SIGKILL"), 2000);
}

answerCalls(calls, abandoned);
