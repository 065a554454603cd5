import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What a file of a folder holds: its text, or its bytes. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Makes a new folder with files, runs `work` in it, and removes it again. */
export async function withFolder<T>(files: Files, work: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "fleet-test-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A small program for a test to find and run. */
export function script(body: string): string {
  return `#!/bin/sh\n${body}\n`;
}
