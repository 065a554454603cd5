import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import type { Recording, RecordOptions } from "./types";

const ROOT = join(__dirname, "..", "..");
const CACHE = join(ROOT, ".cache", "infra-record");
/** What cannot change a recording. */
const ASIDE = new Set(["node_modules", "azure-types", "engine", "policy", "contract"]);

/** How long a process may take for a recording before another one no longer waits for it. */
const PATIENCE = 60_000;

/** A recording of the program as it now is, from the cache if nothing that it depends on has changed. A run takes seconds, so tests share it. */
export async function recorded(options: RecordOptions): Promise<Recording> {
  const file = join(CACHE, `${keyOf(options)}.json`);
  const lock = `${file}.lock`;
  mkdirSync(CACHE, { recursive: true });
  while (!existsSync(file)) {
    if (!taken(lock)) await record(options, file).finally(() => rmSync(lock, { force: true }));
    else await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return JSON.parse(readFileSync(file, "utf8")) as Recording;
}

/** Records into a file. As JSON, so that a first reader and a later one see the same: what is unknown is missing. */
async function record(options: RecordOptions, file: string): Promise<void> {
  const { recordRun } = require("./run") as typeof import("./run");
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(await recordRun(options)));
  renameSync(draft, file);
}

/** Takes a lock. True if another process has it, and has not had it for too long. */
function taken(lock: string): boolean {
  try {
    closeSync(openSync(lock, "wx"));
    return false;
  } catch {
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > PATIENCE) rmSync(lock, { force: true });
    return true;
  }
}

function keyOf(options: RecordOptions): string {
  const hash = createHash("sha256").update(JSON.stringify([process.version, options]));
  for (const file of [...sources(join(ROOT, "infra")), ...sources(join(ROOT, "clusters"))].sort()) {
    hash.update(relative(ROOT, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex").slice(0, 32);
}

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return ASIDE.has(entry.name) ? [] : sources(join(folder, entry.name));
    return /\.ts$|^package-lock\.json$/.test(entry.name) ? [join(folder, entry.name)] : [];
  });
}
