import { groupOf } from "../tree/path";
import { type Json, valueAt } from "../validate/types";
import type { FieldChange, ObjectRef, Status } from "./model";

/** An object in a rendered tree. */
export interface Entry {
  readonly cluster: string;
  /** Folder of the object, which is its Flux Kustomization. */
  readonly component: string;
  /** Relative to the tree. */
  readonly file: string;
  readonly ref: ObjectRef;
  /** What tells it apart from the other objects of its cluster. */
  readonly key: string;
  /** Equal texts have the same content object, so that work on them is done once. */
  readonly content: Json;
}

/** One object of one cluster that differs. */
export interface Delta {
  readonly status: Status;
  readonly cluster: string;
  /** Of the newer object, or of the removed one. */
  readonly ref: ObjectRef;
  readonly component: string;
  /** Missing where it is added. */
  readonly before?: Entry;
  /** Missing where it is removed. */
  readonly after?: Entry;
  readonly fields: readonly FieldChange[];
}

/** What tells objects of a cluster apart: group, kind, namespace, name. */
export function keyOf(ref: ObjectRef): string {
  return `${kindOf(ref)}/${ref.namespace ?? ""}/${ref.name}`;
}

const kinds = new Map<string, Map<string, string>>();

/** Group and kind, for example `apps/Deployment` or `/Service`, as rules name the kinds they look at. */
export function kindOf({ apiVersion, kind }: Pick<ObjectRef, "apiVersion" | "kind">): string {
  // Every rule asks it of every change, and there are a few dozen kinds: the text is made once for each.
  const known = kinds.get(apiVersion) ?? new Map<string, string>();
  if (known.size === 0) kinds.set(apiVersion, known);
  const text = known.get(kind) ?? `${groupOf({ apiVersion })}/${kind}`;
  if (!known.has(kind)) known.set(kind, text);
  return text;
}

/** A value in the older and in the newer object. */
export function pairAt(delta: Delta, ...keys: readonly string[]): readonly [before: unknown, after: unknown] {
  return [valueAt(delta.before?.content, ...keys), valueAt(delta.after?.content, ...keys)];
}
