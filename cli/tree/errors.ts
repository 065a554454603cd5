import { dirname } from "node:path";

/** A failure that the user can mend: the message says how. */
export class TreeError extends Error {}

/** The system's code of a failed file operation, for example `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : undefined;
}

/** Says of a failed file operation on a tree what it means and how to mend it; other errors stay as they are. */
export function explained(error: unknown, target: string): unknown {
  const parent = dirname(target);
  const place = propertyOf(error, "path") === target ? target : parent;
  switch (codeOf(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return new TreeError(
        `the disk that holds ${parent} is full; ${target} is as it was. Fix: free some space and run again`,
      );
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new TreeError(
        `${place} cannot be written to; ${target} is as it was. Fix: make the folder writable, or name another one`,
      );
    case "ENOTDIR":
      return new TreeError(`${target} is not a folder, or lies below a file. Fix: name another one`);
    case "EBUSY":
      return new TreeError(
        `${target} cannot be replaced, since it is a mount point or in use; it is as it was. Fix: name a folder below it`,
      );
    default:
      if (propertyOf(error, "syscall") === undefined) return error;
      return new TreeError(
        `${target} cannot be rendered to (${propertyOf(error, "message")}); it is as it was. Fix: name another folder`,
      );
  }
}

function propertyOf(error: unknown, name: "path" | "syscall" | "message"): unknown {
  return typeof error === "object" && error !== null && name in error ? Reflect.get(error, name) : undefined;
}
