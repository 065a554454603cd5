/** Where in a fleet's data something is: property names and list positions from the root. */
export type Path = readonly PropertyKey[];

/** Something wrong at a place, as rules report it. */
export interface Finding {
  readonly at: Path;
  /** Why it cannot be, to be read after the place. */
  readonly reason: string;
  /** What to write instead. */
  readonly fix: string;
}

/** Something wrong, as people read it. */
export interface Problem {
  /** For example `clusters[1] (app1).network.nodes`. */
  readonly path: string;
  /** Why it cannot be. */
  readonly reason: string;
  /** How to mend it. */
  readonly fix: string;
}

/** A fleet that cannot be: its message lists every problem. */
export class FleetError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], source: string) {
    super(listing(problems, source));
    this.name = "FleetError";
    this.problems = problems;
  }
}

/** A place in words; list entries that have a name are called by it too. */
export function pathText(input: unknown, path: Path): string {
  let text = "";
  let value = input;
  for (const key of path) {
    value = member(value, key);
    text += typeof key === "number" ? `[${key}]${label(value)}` : property(String(key), text === "");
  }
  return text === "" ? "the fleet" : text;
}

function listing(problems: readonly Problem[], source: string): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const items = problems.map(({ path, reason, fix }) => `  ${path}\n    ${reason}\n    fix: ${fix}`);
  return [`${source} has ${count}`, ...items].join("\n\n");
}

function member(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
}

function label(entry: unknown): string {
  const name = member(entry, "name") ?? member(entry, "namespace");
  return typeof name === "string" && /^[\w.-]{1,63}$/.test(name) ? ` (${name})` : "";
}

function property(key: string, first: boolean): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `[${JSON.stringify(key)}]`;
  return first ? key : `.${key}`;
}
