/** An object as a finding names it. A part that the manifest lacks is an empty string. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** What is wrong with a manifest, as far as schemas go. */
export type SchemaProblem =
  /** Against its kind's schema. */
  | "invalid"
  /** No schema for that group, version and kind. */
  | "unknown-kind"
  /** Not YAML, or no mapping with a kind and an apiVersion. */
  | "unreadable";

/** One thing wrong with one manifest. */
export interface SchemaFinding {
  /** Relative to the checked folder, with `/`. */
  readonly file: string;
  readonly problem: SchemaProblem;
  readonly object?: ObjectRef;
  /** Field, for example `spec.ports[0].port`; empty for the whole object. */
  readonly path: string;
  readonly message: string;
}

/** What a schema engine found in a folder. */
export interface SchemaResult {
  readonly findings: readonly SchemaFinding[];
  /** Files that an object was judged in, relative to the folder. Every manifest must be among them, or it was not checked. */
  readonly judged: ReadonlySet<string>;
  /** Objects judged, good or bad. */
  readonly objects: number;
}

/** A field for people: `metadata.labels["app.kubernetes.io/name"]`, `spec.ports[0].port`. */
export function fieldPath(segments: readonly (string | number)[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === "number" || /^\d+$/.test(segment)) return `${path}[${segment}]`;
    if (!/^[A-Za-z_$][\w$-]*$/.test(segment)) return `${path}[${JSON.stringify(segment)}]`;
    return path === "" ? segment : `${path}.${segment}`;
  }, "");
}

/** The field that a JSON pointer means. */
export function fieldOfPointer(pointer: string): string {
  const segments = pointer.split("/").slice(1);
  return fieldPath(segments.map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~")));
}
