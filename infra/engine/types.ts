import type { CloudResource, Failure } from "./provider/cloud";
import type { Account } from "./provider/outputs";
import type { Properties } from "./provider/value";

/** What the engine can be asked to do. */
export type Operation = "preview" | "up" | "refresh" | "destroy";

/** A change of a source file, as a person would make it in an editor, for one operation. */
export interface Edit {
  /** The file, relative to the repository. */
  readonly file: string;
  /** Text that must be there. */
  readonly from: string;
  readonly to: string;
}

/** How to run an operation. */
export interface OperationOptions {
  /** @default none: the program as it is */
  readonly edits?: readonly Edit[];
  /** Saves the state at the end alone: saving it after every step, as users have it, is most of a large run's work. @default false */
  readonly saveOnce?: boolean;
  /** Makes a creation fail. @default none */
  readonly failure?: Failure;
}

/** One thing the engine did, or in a preview would do, to a resource that does not stay the same. */
export interface Step {
  /** The engine's word: create, update, replace, create-replacement, delete-replaced, delete … */
  readonly op: string;
  readonly urn: string;
  /** Type token. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** Paths of the properties that differ. */
  readonly paths: readonly string[];
  /** Those among them that force a replacement. */
  readonly replacing: readonly string[];
}

/** How an operation ended. */
export interface OperationResult {
  readonly operation: Operation;
  readonly ok: boolean;
  /** Number of resources by what the engine did to them: create, update, replace, delete, same. */
  readonly changes: Readonly<Record<string, number>>;
  readonly steps: readonly Step[];
  /** What the engine reports as errors. */
  readonly errors: readonly string[];
  /** The stack's outputs after `up`; secret ones are not told. */
  readonly outputs: Readonly<Record<string, { readonly value: unknown; readonly secret: boolean }>>;
  readonly seconds: number;
}

/** A value of the stack's configuration; a plain text is not secret. */
export type ConfigEntry = string | { readonly secret: string };

/** Where an engine keeps things and what it runs. */
export interface Setup {
  /** The repository. */
  readonly root: string;
  /** Folder for state, settings and all else; deleted at the end. */
  readonly folder: string;
  /** Path of the Pulumi CLI. */
  readonly pulumi: string;
  /** The program, relative to the repository. */
  readonly program: string;
  readonly stack: string;
}

/** What the process of one operation answers to. */
export interface OperationCalls {
  readonly run: (
    setup: Setup,
    port: number,
    operation: Operation,
    options: Omit<OperationOptions, "failure">,
  ) => Promise<OperationResult>;
  /** Creates the stack if there is none, and sets values of its configuration. */
  readonly configure: (setup: Setup, config: Readonly<Record<string, ConfigEntry>>) => Promise<void>;
}

/** A resource of the stand-in as a test sees it. */
export type CloudEntry = Pick<CloudResource, "id" | "token" | "inputs">;

/** What the process of the stand-in answers to. */
export interface StandInCalls {
  /** Serves the provider of one subscription and tells its port. */
  readonly serve: (account: Account) => Promise<number>;
  readonly arrange: (failure: Failure | undefined) => Promise<void>;
  readonly snapshot: () => Promise<string>;
  readonly restore: (snapshot: string) => Promise<void>;
  /** What exists in the stand-in. */
  readonly resources: () => Promise<readonly CloudEntry[]>;
  /** Changes a resource behind the engine's back. */
  readonly tamper: (id: string, inputs: Properties) => Promise<void>;
  /** Deletes a resource behind the engine's back. */
  readonly forget: (id: string) => Promise<void>;
}
