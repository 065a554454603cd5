import type { ObjectRef, ValidationReport } from "./types";

/** A file of the tree as people open it: with the folder before it. An empty file is the folder itself. */
export function locationOf(report: Pick<ValidationReport, "folder">, file: string): string {
  const folder = report.folder.replace(/\/+$/, "");
  if (file === "") return folder === "" ? "/" : folder;
  return folder === "." ? file : `${folder}/${file}`;
}

/** An object as an operator would name it: `Service shop/api`. */
export function objectName({ kind, namespace, name }: ObjectRef): string {
  return `${kind || "(no kind)"} ${namespace === undefined ? "" : `${namespace}/`}${name || "(no name)"}`;
}
