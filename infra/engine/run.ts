import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Helper, startHelper } from "./process";
import type { Account } from "./provider/outputs";
import type { Properties } from "./provider/value";
import type {
  CloudEntry,
  ConfigEntry,
  Operation,
  OperationCalls,
  OperationOptions,
  OperationResult,
  Setup,
  StandInCalls,
} from "./types";

/** What an engine is started with. */
export interface EngineOptions {
  /** Path of the Pulumi CLI. */
  readonly pulumi: string;
  /** The stack's configuration; keys with their namespace, `azure-native:subscriptionId` and `azure-native:tenantId` among them. */
  readonly config: Readonly<Record<string, ConfigEntry>>;
  /** The repository. @default the one this file is in */
  readonly root?: string;
  /** The program, relative to the repository. @default infra/index.ts, which users run */
  readonly program?: string;
}

/** The real Pulumi engine with one stack of its own, against a stand-in for Azure. */
export interface Engine {
  readonly run: (operation: Operation, options?: OperationOptions) => Promise<OperationResult>;
  /** Sets values of the stack's configuration. */
  readonly configure: (config: Readonly<Record<string, ConfigEntry>>) => Promise<void>;
  /** The stack's state file. */
  readonly state: () => StateFile;
  /** The content of every file of the backend, history and backups too, by its path. */
  readonly backendFiles: () => ReadonlyMap<string, string>;
  /** What exists in the stand-in. */
  readonly cloud: () => Promise<readonly CloudEntry[]>;
  /** Changes a resource of the stand-in behind the engine's back. */
  readonly tamper: (id: string, inputs: Properties) => Promise<void>;
  /** Deletes a resource of the stand-in behind the engine's back. */
  readonly forget: (id: string) => Promise<void>;
  /** Keeps state and stand-in under a name. */
  readonly save: (name: string) => Promise<void>;
  /** Goes back to what was kept. */
  readonly load: (name: string) => Promise<void>;
  /** Ends all processes and deletes all files. */
  readonly stop: () => Promise<void>;
}

/** The part of Pulumi's state file that tests look at. */
export interface StateFile {
  readonly resources?: readonly StateResource[];
  readonly pending_operations?: readonly unknown[];
}

/** A resource in Pulumi's state file. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly id?: string;
  readonly protect?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly initErrors?: readonly string[];
}

const ROOT = join(__dirname, "..", "..");
const STACK = "dev";

/** Starts an engine with an empty stack. Call `stop` in the end, also after a failure. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const setup = prepare(options);
  const helpers = new Set<Helper<object>>();
  const end = () => {
    for (const helper of helpers) helper.kill();
    rmSync(setup.folder, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once("exit", end);
  const stop = async () => {
    process.off("exit", end);
    await Promise.all([...helpers].map((helper) => helper.stop()));
    end();
  };
  const start = <Offered extends object>(entry: string) => {
    const helper = startHelper<Offered>(setup.root, setup.folder, entry);
    helpers.add(helper as Helper<object>);
    return helper;
  };
  // A program that failed half way is still running in its process, and the SDK keeps what belongs to a run: each gets its own.
  const once = async <Result>(work: (helper: Helper<OperationCalls>) => Promise<Result>) => {
    const helper = start<OperationCalls>("operation.ts");
    try {
      return await work(helper);
    } finally {
      await helper.stop();
      helpers.delete(helper as Helper<object>);
    }
  };
  try {
    const { call } = start<StandInCalls>("stand-in.ts");
    const port = await call("serve", accountOf(options.config));
    await once((helper) => helper.call("configure", setup, options.config));
    return {
      run: async (operation, { failure, ...options } = {}) => {
        await call("arrange", failure);
        return once((helper) => helper.call("run", setup, port, operation, options));
      },
      configure: (config) => once((helper) => helper.call("configure", setup, config)),
      state: () => readState(setup),
      backendFiles: () => readAll(join(setup.folder, "state")),
      cloud: () => call("resources"),
      tamper: (id, inputs) => call("tamper", id, inputs),
      forget: (id) => call("forget", id),
      save: async (name) => {
        cpSync(join(setup.folder, "state"), join(setup.folder, "saved", name), { recursive: true });
        writeFileSync(join(setup.folder, "saved", `${name}.json`), await call("snapshot"));
      },
      load: async (name) => {
        rmSync(join(setup.folder, "state"), { recursive: true });
        cpSync(join(setup.folder, "saved", name), join(setup.folder, "state"), { recursive: true });
        await call("restore", readFileSync(join(setup.folder, "saved", `${name}.json`), "utf8"));
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function prepare({ root = ROOT, program = "infra/index.ts", pulumi }: EngineOptions): Setup {
  const folder = mkdtempSync(join(tmpdir(), "aks-fleet-engine-"));
  for (const name of ["bin", "home", "state", "saved", "work"]) mkdirSync(join(folder, name));
  symlinkSync(pulumi, join(folder, "bin", process.platform === "win32" ? "pulumi.exe" : "pulumi"));
  copyFileSync(join(root, "infra", "Pulumi.yaml"), join(folder, "work", "Pulumi.yaml"));
  return { root, folder, pulumi, program, stack: STACK };
}

/** What a user's configuration names, the directory knows. */
function accountOf(config: EngineOptions["config"]): Account {
  const value = (key: string) => {
    const entry = config[`azure-native:${key}`];
    if (typeof entry !== "string") throw new Error(`the stack's configuration lacks azure-native:${key}`);
    return entry;
  };
  const principals = Object.values(config).filter((entry) => typeof entry === "string");
  return { subscription: value("subscriptionId"), tenant: value("tenantId"), principals };
}

function readState({ folder, stack }: Setup): StateFile {
  const stacks = join(folder, "state", ".pulumi", "stacks");
  const [project = ""] = readdirSync(stacks);
  const file = JSON.parse(readFileSync(join(stacks, project, `${stack}.json`), "utf8")) as {
    checkpoint: { latest?: StateFile };
  };
  return file.checkpoint.latest ?? {};
}

function readAll(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), "utf8")]),
  );
}
