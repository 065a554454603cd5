import type { KubernetesObject } from "../../../base/object";
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
    else if (documents.length !== 1) {
      const holds = documents.length === 0 ? "it holds no object" : `it holds ${documents.length} documents`;
      report({ rule: "layout/one-object", file, path: "", reason: holds });
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

function named({ file, ref, content }: TreeObject, report: Report): void {
  if (ref.name === "" || ref.kind === "") return;
  const object = content as unknown as KubernetesObject;
  const actual = file.slice(file.lastIndexOf("/") + 1);
  const expected = fileName({
    ...object,
    metadata: { name: ref.name, ...(ref.namespace === undefined ? {} : { namespace: ref.namespace }) },
  });
  if (actual === expected || actual === fileNameWithGroup(object)) return;
  report({ rule: "layout/file-name", file, object: ref, path: "", reason: `the object in it belongs in ${expected}` });
}
