import type { AzureResource } from "../../../../infra/azure-types";
import type { GoodName } from "../good";

/** Written in place of a value: the property is taken away. */
export const GONE = Symbol("gone");

/** A mistake in a table: the check that must find it, the good resource it is made on, the place, the value, and what it is. */
export type Row = readonly [caught: string, on: GoodName, at: string, write: unknown, name: string];

/** A change that makes a good resource one that Azure refuses. */
export interface Mistake {
  readonly name: string;
  readonly on: GoodName;
  /** Place of the change, for example `agentPoolProfiles[0].name`. */
  readonly at: string;
  readonly write: unknown;
  /** The check that must find it. */
  readonly caught: string;
  /** Whether the compiler takes the program that has it. */
  readonly compiles: boolean;
}

/** The mistakes of a table. */
export function mistakesOf(rows: readonly Row[], compiles: boolean): readonly Mistake[] {
  return rows.map(([caught, on, at, write, name]) => ({ caught, on, at, write, name, compiles }));
}

/** A resource with a change in it. */
export function changed(resource: AzureResource, at: string, write: unknown): AzureResource {
  const inputs = structuredClone(resource.inputs) as Record<string, unknown>;
  const keys = [...at.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) =>
    index === undefined ? (quoted ?? name ?? "") : Number(index),
  );
  const last = keys.pop() ?? "";
  let target: unknown = inputs;
  for (const key of keys) target = (target as Record<string | number, unknown>)[key];
  if (typeof target !== "object" || target === null) throw new Error(`there is nothing at ${at}`);
  if (write === GONE) delete (target as Record<string | number, unknown>)[last];
  else (target as Record<string | number, unknown>)[last] = write;
  return { ...resource, inputs };
}
