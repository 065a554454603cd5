import type { Side } from "../model";
import { blobId, type ObjectFormat, type Source } from "./source";

/** A tree in memory: the text or bytes of each file by its path. */
export function memorySource(
  files: ReadonlyMap<string, string | Uint8Array>,
  side: Omit<Side, "files"> = { label: "memory", kind: "folder" },
  format: ObjectFormat = "sha1",
): Source {
  const bytes = (path: string) => {
    const content = files.get(path) ?? "";
    return typeof content === "string" ? Buffer.from(content) : content;
  };
  return {
    side,
    list: async () => new Map([...files.keys()].map((path) => [path, blobId(bytes(path), format)])),
    read: async (paths) => new Map(paths.map((path) => [path, bytes(path)])),
  };
}
