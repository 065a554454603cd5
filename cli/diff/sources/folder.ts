import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import { codeOf } from "../../tree/errors";
import { blobId, DiffError, type ObjectFormat, type Source } from "./source";

/** A tree in a folder. */
export function folderSource(folder: string, label: string, format: ObjectFormat = "sha1"): Source {
  return {
    side: { label, kind: "folder" },
    list: async () => {
      refuseMissing(folder, label);
      return new Map(filesBelow(folder, "").map((path) => [path, blobId(contentOf(folder, path), format)]));
    },
    read: async (paths) => new Map(paths.map((path) => [path, contentOf(folder, path)])),
  };
}

function refuseMissing(folder: string, label: string): void {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return;
  throw new DiffError(
    `${label} is ${stat ? "no folder" : "not there"}. Fix: name a folder that \`make synth\` rendered, for example dist`,
  );
}

// A link's content is where it points, as it is for Git; what is neither file nor link has none.
function contentOf(folder: string, path: string): Uint8Array {
  try {
    return readFileSync(join(folder, path));
  } catch (error) {
    if (codeOf(error) === "EISDIR" || codeOf(error) === "ENOENT") return Buffer.from(target(join(folder, path)));
    throw new DiffError(
      `${join(folder, path)} cannot be read (${error instanceof Error ? error.message : String(error)}). Fix: make it readable, or render again`,
    );
  }
}

function target(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function filesBelow(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(root, path) : [path];
  });
}
