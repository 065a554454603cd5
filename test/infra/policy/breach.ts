/** Inputs of a resource, whatever they are. */
export type Inputs = Record<string, never>;

/** Which policy a change of the recorded program breaks. Unchanged, the same resource passes. */
export interface Breach {
  readonly policy: string;
  readonly what: string;
  /** The first resource of this type is changed. */
  readonly type: string;
  readonly change: (inputs: Inputs) => unknown;
  /** Part of the message. */
  readonly says: string;
}

/** Sets a value at a path of a copy. */
export function set(path: string, value: unknown): (inputs: Inputs) => unknown {
  return (inputs) => {
    const copy = structuredClone(inputs) as Record<string, unknown>;
    const keys = path.split(".");
    let target = copy;
    for (const key of keys.slice(0, -1)) {
      target[key] ??= {};
      target = target[key] as Record<string, unknown>;
    }
    target[keys.at(-1) as string] = value;
    return copy;
  };
}
