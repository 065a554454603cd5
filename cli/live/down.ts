import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Borrowed } from "./borrow";
import { ApiClient, ApiError } from "./client";
import { accessIn } from "./credentials";
import { managersOn } from "./ours";
import { existingFile } from "./plane";
import { endProcesses } from "./processes";
import { read, removeState, type StateFolder } from "./state";
import { OtherCluster, removeTraces } from "./traces";

/** How a rig is taken down. */
export interface DownOptions {
  /** Leave what is on existing clusters. @default false */
  readonly forget?: boolean;
  /** Takes what a person should know. */
  readonly note?: (line: string) => void;
}

/** Something is left on an existing cluster; the state folder, which has what is needed to remove it, stays. */
export class LeftBehind extends Error {}

/**
 * Ends everything and removes every trace, also on existing clusters. Returns what was running. Throws {@link LeftBehind} where a cluster keeps
 * something.
 */
export async function takeDown(state: StateFolder, options: DownOptions = {}): Promise<readonly string[]> {
  // Nothing of what they would save by a longer goodbye is kept.
  const ended = await endProcesses(state, () => true, { patience: 1000 });
  // What makes objects has ended by now, so that none comes back.
  const folders = borrowedIn(state);
  if (options.forget)
    for (const folder of folders) options.note?.(`What was put on the cluster of ${contextIn(folder)} stays there.`);
  else await removeAll(folders, options.note);
  removeState(state);
  return ended;
}

async function removeAll(folders: readonly string[], note: (line: string) => void = () => {}): Promise<void> {
  const left = await Promise.all(
    folders.map(async (folder) => {
      try {
        await removeFrom(folder, note);
        return [];
      } catch (error) {
        return [`  ${contextIn(folder)}: ${explain(error)}`];
      }
    }),
  );
  const lines = left.flat();
  if (lines.length === 0) return;
  throw new LeftBehind(
    `What was put on clusters is not all gone, and is known in the state folder:\n${lines.join("\n")}\nFix: see that the cluster answers and run \`make live-down\` again; for a cluster that is gone for good, \`npm run live-down -- --forget\``,
  );
}

async function removeFrom(folder: string, note: (line: string) => void): Promise<void> {
  const { context, before, given } = read<Borrowed>(existingFile(folder));
  const client = new ApiClient(accessIn(join(folder, "kubeconfig")));
  try {
    note(`Removing what was put on the cluster of ${context}.`);
    const marks = { given: new Set(given), managers: managersOn(basename(folder)) };
    const count = await removeTraces(client, before, marks);
    note(`Removed ${count} objects from the cluster of ${context}.`);
  } finally {
    client.close();
  }
}

/** Folders of planes that are existing clusters, to which something may have been put. */
function borrowedIn({ path }: StateFolder): readonly string[] {
  const planes = join(path, "planes");
  if (!existsSync(planes)) return [];
  return readdirSync(planes)
    .map((name) => join(planes, name))
    .filter((folder) => existsSync(existingFile(folder)));
}

function contextIn(folder: string): string {
  return read<Borrowed>(existingFile(folder)).context;
}

function explain(error: unknown): string {
  if (error instanceof OtherCluster || error instanceof ApiError) return error.message;
  const { message, code } = error as NodeJS.ErrnoException;
  return code ? `the API server does not answer: ${message}` : message;
}
