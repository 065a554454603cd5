import type { ObjectRef } from "../kubeconform";
import type { RuleId } from "./catalogue";

export type { ObjectRef } from "../kubeconform";

/** One thing wrong with a tree. */
export interface Finding {
  readonly rule: RuleId;
  /** Relative to the validated folder, with `/`; empty for the tree as a whole. */
  readonly file: string;
  readonly object?: ObjectRef;
  /** Field, for example `spec.template.spec.containers[0].image`; empty for the whole object. */
  readonly path: string;
  /** What is wrong, with the value at fault. */
  readonly reason: string;
  /** How to mend it. */
  readonly fix: string;
}

/** What validating a tree gave. */
export interface ValidationReport {
  /** The folder, as people know it; findings and formats name files below it. */
  readonly folder: string;
  /** What checked the schemas, for example `kubeconform v0.7.0`. */
  readonly engine: string;
  /** Every file of the tree, sorted, relative to the folder. */
  readonly files: readonly string[];
  /** Objects read. */
  readonly objects: number;
  /** Sorted by file, path and rule. */
  readonly findings: readonly Finding[];
  /** What a person must know even if nothing was found. */
  readonly warning?: string;
  /** 0 nothing found, 1 findings, 2 the validation could not be done as it must be. */
  readonly exitCode: 0 | 1 | 2;
}

/** A JSON object whose members are not known yet. */
export type Json = Readonly<Record<string, unknown>>;

/** Whether a value is an object with members (no array, no null). */
export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a place inside a manifest; undefined when there is none. */
export function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (isJson(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  );
}

/** Orders texts the same on every machine. */
export function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
