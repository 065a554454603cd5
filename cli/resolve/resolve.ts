import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { MARK } from "../tree/folder";
import { IMPORTS, isImported, isRendered, TREE, WRITTEN } from "./generated";
import { git, ResolveError } from "./git";
import { forgetUnchanged, keep } from "./kept";
import { type State, stateOf } from "./state";

/** What a resolution needs. */
export interface ResolveOptions {
  /** The project's folder. */
  readonly root: string;
  /** Change nothing, only say what is to be done. */
  readonly check: boolean;
  /** Runs a command of this project to its end, in a process of its own, and yields its exit code. */
  readonly command: (args: readonly string[]) => Promise<number>;
  /** Takes what a person should know. */
  readonly say: (text: string) => void;
}

/**
 * Resolves conflicts in generated files by generating them anew from the sources, and stages them. Sources in conflict are named and
 * left alone. Yields the exit code: 0 resolved, 1 something is left to do.
 */
export async function resolveConflicts(options: ResolveOptions): Promise<number> {
  const { root, check, command, say } = options;
  const state = await stateOf(root);
  const generated = state.unmerged.filter((path) => isRendered(path) || isImported(path));
  const people = state.unmerged.filter((path) => !generated.includes(path));
  if (people.length > 0) return refer(people, generated, say);
  if (check) return generated.length > 0 ? announce(generated, say) : command(["synth", "--check", ...TARGET]);
  if (generated.length === 0 && state.operation === undefined) {
    throw new ResolveError(
      `Nothing is in conflict, and no merge or rebase is under way. Fix: begin one (git merge origin/main), or \`make synth\` to render ${TREE}`,
    );
  }
  return regenerate(options, state, generated);
}

/** What is committed is the default preset in this folder, whatever FLEET and DIST say. */
const TARGET = ["--fleet", "default", "--dist", TREE];

/** How to resolve files of which a person alone cannot well say what they should be. */
const HINTS: ReadonlyMap<string, string> = new Map([
  ["package-lock.json", "take either side, then `npm install --package-lock-only`"],
  ["infra/package-lock.json", "take either side, then `npm install --package-lock-only --prefix infra`"],
  [TREE, `something other than the rendered folder has taken its place`],
]);

function refer(people: readonly string[], generated: readonly string[], say: (text: string) => void): number {
  const lines = people.map((path) => {
    const hint = HINTS.get(path);
    return `  ${path}${hint ? `  (${hint})` : ""}`;
  });
  const rest = generated.length > 0 ? `, which resolves the generated files (${generated.length})` : "";
  say(`Nothing was changed. A person must resolve these first and \`git add\` them; then run this again${rest}:`);
  say(lines.join("\n"));
  return 1;
}

function announce(generated: readonly string[], say: (text: string) => void): number {
  const lines = generated.map((path) => `  ${path}`);
  say(`In conflict, all generated. Fix: \`make resolve\`, which renders and stages them:\n${lines.join("\n")}`);
  return 1;
}

async function regenerate(
  { root, command, say }: ResolveOptions,
  state: State,
  generated: readonly string[],
): Promise<number> {
  const kept = await keep(root, state.prefix);
  const imports = generated.some(isImported);
  if (imports) {
    const code = await command(["import"]);
    if (code !== 0) return giveUp(code, IMPORTS, say);
  }
  // Rendering refuses a folder without this file as it should be.
  if (generated.includes(`${TREE}/${MARK.file}`)) writeFileSync(join(root, TREE, MARK.file), MARK.text);
  const code = await command(["synth", ...TARGET]);
  if (code !== 0) return giveUp(code, TREE, say);
  await stage(root, imports);
  const left = forgetUnchanged(root, kept);
  if (left > 0) say(`What ${left === 1 ? "a file" : `${left} files`} held before is in ${kept.folder}.`);
  const next = state.operation?.next ?? "git commit";
  say(`${resolved(generated.length)}. Look at it with \`git diff --cached\`, then: ${next}`);
  return 0;
}

function resolved(conflicts: number): string {
  if (conflicts === 0) return `${TREE} is rendered from the merged sources and staged`;
  return `${conflicts === 1 ? "1 conflict is" : `${conflicts} conflicts are`} resolved and staged`;
}

function giveUp(code: number, what: string, say: (text: string) => void): number {
  if (code !== 130) {
    say(
      `The merged sources do not give ${what}; nothing was staged. Fix: mend what is said above, then run this again.`,
    );
  }
  return code;
}

async function stage(root: string, imports: boolean): Promise<void> {
  const paths = [TREE, ...(imports ? [IMPORTS, ...WRITTEN.map((path) => `:(exclude)${path}`)] : [])];
  try {
    await git(root, ["add", "--all", "--", ...paths]);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new ResolveError(`${TREE} is rendered, but not staged: ${said}. Fix: git add --all ${TREE}`);
  }
}
