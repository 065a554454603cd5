import { chmodSync } from "node:fs";
import { join } from "node:path";
import { type Files, withFolder } from "./folder";

/** Makes a new folder with files, of which the scripts can be run, works in it, and removes it again. */
export function withPrograms<T>(files: Files, work: (folder: string) => T | Promise<T>): Promise<T> {
  return withFolder(files, (folder) => {
    for (const [path, content] of Object.entries(files)) {
      if (String(content).startsWith("#!")) chmodSync(join(folder, path), 0o755);
    }
    return work(folder);
  });
}
