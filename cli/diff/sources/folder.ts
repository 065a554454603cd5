import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import { codeOf } from "../../tree/errors";
import { blobId, DiffError, type ObjectFormat, type Source } from "./source";

/** A tree in a folder. Each file is read once: what was hashed is what is compared, whoever writes there meanwhile. */
export function folderSource(folder: string, label: string, format: ObjectFormat = "sha1"): Source {
  const ids = new Map<string, string>();
  // Most files of a fleet are the same on many clusters.
  const contents = new Map<string, Uint8Array>();
  const list = async () => {
    if (ids.size > 0) return ids;
    refuseMissing(folder, label);
    for (const path of filesBelow(folder)) {
      const content = contentOf(`${folder}/${path}`);
      const id = blobId(content, format);
      ids.set(path, id);
      if (!contents.has(id)) contents.set(id, content);
    }
    return ids;
  };
  return {
    side: { label, kind: "folder" },
    list,
    read: async (paths) => {
      await list();
      return new Map(paths.map((path) => [path, contents.get(ids.get(path) ?? "") ?? new Uint8Array()]));
    },
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
function contentOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    if (codeOf(error) === "EISDIR" || codeOf(error) === "ENOENT") return Buffer.from(target(path));
    throw new DiffError(
      `${path} cannot be read (${error instanceof Error ? error.message : String(error)}). Fix: make it readable, or render again`,
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

function filesBelow(root: string): readonly string[] {
  const files: string[] = [];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (entry.isDirectory()) folders.push(`${folder}${entry.name}/`);
      else files.push(`${folder}${entry.name}`);
    }
  }
  return files;
}
