import { replacementProperties } from "../azure-types/replacement";
import type { RecordedResource, Recording } from "./types";

/** A recording as `npm run diff -- --infra-from FILE --infra-to FILE` reads it. */
export interface ExportedRecording {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly protect: boolean;
  }[];
  /** By type the inputs whose change plans a replacement. */
  readonly replacement: Readonly<Record<string, readonly string[]>>;
}

/** Stands for a secret: that one is there is no secret, and that it differs is for nobody to know. */
export const SECRET = "[secret]";

/** What a provider would create, without secrets and without inputs whose changes the program ignores. Sorted, so that equal programs give equal files. */
export function exported({ resources }: Recording): ExportedRecording {
  const real = resources.filter(({ custom }) => custom).toSorted(byName);
  const types = [...new Set(real.map(({ type }) => type))];
  return {
    resources: real.map(({ type, name, protect, ...rest }) => ({ type, name, protect, inputs: inputsOf(rest) })),
    replacement: Object.fromEntries(types.map((type) => [type, replacementProperties(type)])),
  };
}

function byName(one: RecordedResource, other: RecordedResource): number {
  const [a, b] = [`${one.type} ${one.name}`, `${other.type} ${other.name}`];
  return a < b ? -1 : a > b ? 1 : 0;
}

function inputsOf({
  inputs,
  secrets,
  ignoreChanges,
}: Pick<RecordedResource, "inputs" | "secrets" | "ignoreChanges">): Readonly<Record<string, unknown>> {
  const [hidden, ignored] = [new Set(secrets), new Set(ignoreChanges)];
  const members = (map: object, path: string) =>
    Object.entries(map).flatMap(([key, value]: [string, unknown]) => {
      const place = path === "" ? key : `${path}.${key}`;
      return ignored.has(place) || value === undefined ? [] : [[key, shown(value, place)] as const];
    });
  const shown = (value: unknown, path: string): unknown => {
    if (hidden.has(path)) return SECRET;
    if (Array.isArray(value)) return value.map((item, index) => shown(item, `${path}[${index}]`));
    return typeof value === "object" && value !== null ? Object.fromEntries(members(value, path)) : value;
  };
  return Object.fromEntries(members(inputs, ""));
}
