import { DiffError } from "./source";

const NEWLINE = 10;

/** Reads what `git cat-file --batch` prints: `<id> <type> <size>`, a newline, the content, a newline, and so on. */
export function parseBatch(output: Buffer): ReadonlyMap<string, Uint8Array> {
  const blobs = new Map<string, Uint8Array>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(NEWLINE, at);
    const header = output.toString("latin1", at, end < 0 ? output.length : end);
    const [id = "", , size = ""] = header.split(" ");
    if (end < 0 || !/^\d+$/.test(size)) {
      throw new DiffError(
        `The repository lacks an object (${header}). Fix: git fetch --refetch, or clone without a filter`,
      );
    }
    const start = end + 1;
    blobs.set(id, output.subarray(start, start + Number(size)));
    at = start + Number(size) + 1;
  }
  return blobs;
}
