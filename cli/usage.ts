/** A command line that makes no sense; the message says why. */
export class UsageError extends Error {}

/** Tells a person why a command could not do its work, with its help where the command line is to blame. */
export function complain(error: unknown, help: string): void {
  console.error(error instanceof Error ? error.message : String(error));
  if (error instanceof UsageError) console.error(`\n${help}`);
}
