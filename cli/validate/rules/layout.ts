import { fileName, fileNameWithGroup } from "../../tree/path";
import type { TreeObject } from "../tree";
import { isJson } from "../types";
import type { Report, RuleContext } from "./index";

/** Files in their places, each with one object after which it is named. */
export function layout({ tree }: RuleContext, report: Report): void {
  for (const { file, why } of tree.unexpected) {
    report({ rule: "layout/unexpected-file", file, path: "", reason: why });
  }
  for (const { file, documents, oldBooleans, error } of tree.manifests) {
    if (error !== undefined) report({ rule: "yaml/unreadable", file, path: "", reason: error });
    else if (documents.length !== 1 || documents[0] === null) {
      const isEmpty = documents.every((document) => document === null);
      const reason = isEmpty ? "it holds no object" : `it holds ${documents.length} documents`;
      report({ rule: "layout/one-object", file, path: "", reason });
    }
    for (const document of documents) {
      if (!isList(document)) continue;
      report({ rule: "layout/one-object", file, path: "", reason: "it holds a List, whose items have no files" });
    }
    for (const word of new Set(oldBooleans)) {
      report({
        rule: "yaml/old-boolean",
        file,
        path: "",
        reason: `unquoted ${word} is a boolean for kubectl and text for Flux`,
      });
    }
  }
  for (const object of tree.objects) named(object, report);
}

function isList(document: unknown): boolean {
  return isJson(document) && typeof document["kind"] === "string" && document["kind"].toLowerCase() === "list";
}

function named({ file, ref }: TreeObject, report: Report): void {
  const { apiVersion, kind, name, namespace } = ref;
  if (name === "" || kind === "") return;
  const object = { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
  const actual = file.slice(file.lastIndexOf("/") + 1);
  const expected = fileName(object);
  if (actual === expected || actual === fileNameWithGroup(object)) return;
  report({ rule: "layout/file-name", file, object: ref, path: "", reason: `the object in it belongs in ${expected}` });
}
