/** One resource as the program registered it with the engine, before any provider saw it. */
export interface RecordedResource {
  /** Type token, for example `azure-native:containerservice:ManagedCluster`. */
  readonly type: string;
  /** Logical name; unique among resources of its type. */
  readonly name: string;
  /** The engine's unique name. */
  readonly urn: string;
  /** Whether a provider creates it; false for components, which only group. */
  readonly custom: boolean;
  /** Azure's id for it, made up. @default unknown, as in a first preview */
  readonly id?: string;
  /** What Azure would answer with, made up where it is computed. @default unknown, as in a first preview */
  readonly state?: Readonly<Record<string, unknown>>;
  /** Inputs as the provider receives them, secrets unwrapped. What a preview does not know is `undefined`, or missing. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** URN of the parent. @default none: the stack itself */
  readonly parent?: string;
  /** URNs of all it waits for: through inputs and through `dependsOn`. */
  readonly dependencies: readonly string[];
  /** URNs it waits for, by the input that mentions them. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** Whether the engine refuses to delete it. */
  readonly protect: boolean;
  /** Whether `destroy` forgets it instead of deleting it. */
  readonly retainOnDelete: boolean;
  /** Whether a replacement deletes the old one first. */
  readonly deleteBeforeReplace: boolean;
  /** Input paths whose changes are ignored. */
  readonly ignoreChanges: readonly string[];
  /** Input paths that are secret, for example `configurationProtectedSettings.sshPrivateKey`. */
  readonly secrets: readonly string[];
}

/** What a run of the program leaves behind. */
export interface Recording {
  /** Every resource, in the order of registration. */
  readonly resources: readonly RecordedResource[];
  /** The stack's outputs, secrets unwrapped. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Names of the outputs that are secret. */
  readonly secretOutputs: readonly string[];
}

/** How to run the program. */
export interface RecordOptions {
  /** Preset of the fleet, for example `default`. */
  readonly preset: string;
  /** Whether it is a first preview: no resource has state, so every computed output is unknown. @default false */
  readonly preview?: boolean;
  /** Configuration that replaces or adds to the sample (`record/config.ts`); keys with namespace, `undefined` removes one. */
  readonly config?: Readonly<Record<string, string | undefined>>;
  /** Keys whose values are encrypted in the stack's configuration. @default the deploy key */
  readonly secretKeys?: readonly string[];
}
