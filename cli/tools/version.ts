import type { ToolContext } from "./go-tool";
import { type Exit, runProgram } from "./process";

/** The first group of `pattern` in what a program prints, as a version with its `v`. Throws when it prints no such thing. */
export async function saidVersion(
  path: string,
  args: readonly string[],
  pattern: RegExp,
  context: ToolContext,
): Promise<string> {
  const { stdout } = await ask(path, args, context);
  const said = pattern.exec(stdout)?.[1];
  if (!said) throw new Error(`\`${args.join(" ")}\` names no version`);
  return said.startsWith("v") ? said : `v${said}`;
}

/**
 * The version of the module that a program's main package is from, as Go wrote it into the program. Undefined when nobody can
 * tell: without Go at hand, or for a build from a work tree. Throws when the program is another one.
 */
export async function builtVersion(path: string, main: string, context: ToolContext): Promise<string | undefined> {
  let information: string;
  try {
    const { code, stdout } = await ask("go", ["version", "-m", path], context);
    if (code !== 0) return undefined;
    information = stdout;
  } catch {
    context.signal?.throwIfAborted();
    return undefined;
  }
  const found = /^\tpath\t(\S+)$/m.exec(information)?.[1];
  if (found !== undefined && found !== main) throw new Error(`it is ${found}, not ${main}`);
  // `mod` when the program is its own module's, `dep` when another module pins it.
  const modules = [...information.matchAll(/^\t(?:mod|dep)\t(\S+)\t(v\S+)/gm)];
  return modules.find(([, module]) => main === module || main.startsWith(`${module}/`))?.[2];
}

/** Whether two versions differ in the patch at most. */
export function sameMinor(one: string, other: string): boolean {
  const minor = (version: string) => /^v(\d+\.\d+)\.\d/.exec(version)?.[1];
  return minor(one) !== undefined && minor(one) === minor(other);
}

function ask(program: string, args: readonly string[], { env, signal }: ToolContext): Promise<Exit> {
  // A program that is another one of the same name may run on for ever.
  return runProgram(program, args, { env, signal, timeout: 10_000 });
}
