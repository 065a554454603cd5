import { createHash } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { binaryName, placeAtomically } from "./cache";
import type { ToolContext } from "./go-tool";
import { fileInTar } from "./tar";

/** One system's archive of a release. */
export interface Archive {
  /** Address of a `.tar.gz`. */
  readonly url: string;
  readonly sha256: string;
}

/** A program from a project's release, pinned by checksum. */
export interface Release {
  /** File name of the program. */
  readonly name: string;
  readonly version: string;
  /** Path of the program inside the archive. */
  readonly file: string;
  /** By `<platform>-<architecture>` as Node names them: `linux-x64`, `darwin-arm64`. */
  readonly archives: Readonly<Record<string, Archive>>;
}

/** How the network is reached. */
export interface Fetching {
  /** @default Node's own fetch */
  readonly fetch?: typeof fetch;
  /** Milliseconds until the server must have answered. @default 10 s */
  readonly patience?: number;
  /** Milliseconds for all of it. @default 120 s */
  readonly timeout?: number;
  /** @default this system's */
  readonly system?: string;
}

/** No release can be used; the message says why, in a few words. */
export class DownloadError extends Error {}

const LARGEST = 256 << 20;

/** Where the program from a release belongs in the project's cache; undefined when there is none for this system. */
export function releasePath(release: Release, root = process.cwd(), system = thisSystem()): string | undefined {
  const archive = release.archives[system];
  if (!archive) return undefined;
  const name = `${release.name}-${release.version}-${archive.sha256.slice(0, 12)}`;
  return join(root, ".cache", "bin", binaryName(name));
}

/**
 * Downloads a release's archive once, without retries, and puts the program into the project's cache. The archive must have the
 * pinned checksum. Throws {@link DownloadError} when it cannot be had, which is no fault: there are other ways to the program.
 */
export async function downloadRelease(release: Release, context: ToolContext, how: Fetching = {}): Promise<string> {
  const system = how.system ?? thisSystem();
  const target = releasePath(release, context.root, system);
  const archive = release.archives[system];
  if (!target || !archive) throw new DownloadError(`there is no release for ${system}`);
  if (existsSync(target)) return target;
  context.note(`downloading ${release.name} ${release.version} from ${new URL(archive.url).host}`);
  const bytes = await fetchArchive(archive.url, context, how);
  const sum = createHash("sha256").update(bytes).digest("hex");
  if (sum !== archive.sha256) {
    throw new DownloadError(`refused ${archive.url}: its sha256 is ${sum}, not the pinned ${archive.sha256}`);
  }
  const program = await unpack(bytes, release.file);
  if (!program) throw new DownloadError(`there is no ${release.file} in ${archive.url}`);
  try {
    await placeAtomically(target, (temporary) => writeFileSync(temporary, program, { mode: 0o755 }));
  } catch (error) {
    throw new DownloadError(`the project's cache cannot be written to (${reasonOf(error)})`);
  }
  return target;
}

async function unpack(bytes: Buffer, file: string): Promise<Buffer | undefined> {
  try {
    return fileInTar(await promisify(gunzip)(bytes, { maxOutputLength: LARGEST }), file);
  } catch {
    return undefined;
  }
}

async function fetchArchive(url: string, context: ToolContext, how: Fetching): Promise<Buffer> {
  const impatience = new AbortController();
  const answer = setTimeout(() => impatience.abort(new Error("no answer in time")), how.patience ?? 10_000);
  const signals = [impatience.signal, AbortSignal.timeout(how.timeout ?? 120_000), context.signal];
  const signal = AbortSignal.any(signals.filter((each) => each !== undefined));
  try {
    const response = await (how.fetch ?? fetch)(url, { signal, redirect: "follow" });
    clearTimeout(answer);
    if (!response.ok) {
      // An answer that nobody reads would keep the process alive.
      await response.body?.cancel();
      throw new DownloadError(`${url} answered ${response.status}`);
    }
    return await bodyOf(response, url);
  } catch (error) {
    context.signal?.throwIfAborted();
    if (error instanceof DownloadError) throw error;
    throw new DownloadError(`${new URL(url).host} cannot be reached (${reasonOf(error)})`);
  } finally {
    clearTimeout(answer);
  }
}

async function bodyOf(response: Response, url: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST) throw new DownloadError(`${url} is larger than any release of ours`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error) return "code" in cause ? String(cause.code) : cause.message;
  return error.message;
}

function thisSystem(): string {
  return `${process.platform}-${process.arch}`;
}
