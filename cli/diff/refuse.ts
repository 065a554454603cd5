import { DiffError } from "./sources/source";

const MOST_NAMED = 20;

/** Throws one error that lists what is wrong with a tree; nothing where nothing is. */
export function refuse(wrong: readonly string[], what: string): void {
  if (wrong.length === 0) return;
  const more = wrong.length > MOST_NAMED ? [`  … and ${wrong.length - MOST_NAMED} more`] : [];
  throw new DiffError(
    [
      `${what}:`,
      ...wrong.slice(0, MOST_NAMED),
      ...more,
      "Fix: run `make synth` there, and `make validate` to see what is wrong",
    ].join("\n"),
  );
}
