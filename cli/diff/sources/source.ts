import { createHash } from "node:crypto";
import type { Side } from "../model";

/** A rendered tree, wherever it is. Paths are relative to the tree, with `/`. */
export interface Source {
  readonly side: Omit<Side, "files">;
  /** Every file with the id of its content: equal ids, equal bytes. */
  readonly list: () => Promise<ReadonlyMap<string, string>>;
  /** The bytes of some files. */
  readonly read: (paths: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>;
}

/** A comparison that cannot be made; the message says what to do. */
export class DiffError extends Error {}

/** The algorithm by which a repository names contents. */
export type ObjectFormat = "sha1" | "sha256";

/** The id that Git gives to a file's content (git-scm.com/book, Git Objects), so that a folder compares with a commit without reading either. */
export function blobId(content: Uint8Array, format: ObjectFormat = "sha1"): string {
  return createHash(format).update(`blob ${content.byteLength}\0`).update(content).digest("hex");
}
