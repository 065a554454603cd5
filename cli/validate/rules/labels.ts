import { fieldPath } from "../../kubeconform/types";
import { groupOf } from "../../tree/path";
import { annotationKey, labelKey, labelValue } from "../syntax";
import type { TreeObject } from "../tree";
import { isJson, valueAt } from "../types";
import { withVariablesSet } from "../variables";
import type { Report, RuleContext } from "./index";

/** All annotations of an object together, keys and values. */
const ANNOTATIONS_LIMIT = 256 * 1024;

/** Fields whose content is not Kubernetes': a chart's values, a template in another language. */
const FOREIGN: Readonly<Record<string, string>> = {
  "helm.toolkit.fluxcd.io/HelmRelease": "spec.values",
  "external-secrets.io/ExternalSecret": "spec.target.template",
};

type Path = readonly (string | number)[];

/** Labels and annotations, wherever an object has them: on itself, on pod templates, in selectors. */
export function labels({ tree }: RuleContext, report: Report): void {
  for (const object of tree.objects) {
    const foreign = FOREIGN[`${groupOf(object.ref)}/${object.ref.kind}`];
    const reporter = reporterFor(object, report);
    const search = (value: unknown, path: Path): void => {
      if (Array.isArray(value)) for (const [index, item] of value.entries()) search(item, [...path, index]);
      if (!isJson(value) || (foreign !== undefined && path.join(".") === foreign)) return;
      for (const [key, child] of Object.entries(value)) {
        const at = [...path, key];
        if (key === "metadata" || key === "commonMetadata") {
          checkLabels(valueAt(child, "labels"), [...at, "labels"], reporter);
          checkAnnotations(valueAt(child, "annotations"), [...at, "annotations"], reporter);
        } else if (key === "matchLabels" || key === "nodeSelector") {
          checkLabels(child, at, reporter);
        }
        search(child, at);
      }
    };
    search(object.content, []);
    if (object.ref.apiVersion === "v1" && object.ref.kind === "Service") {
      checkLabels(valueAt(object.content, "spec", "selector"), ["spec", "selector"], reporter);
    }
  }
}

type Reporter = (rule: "label/invalid" | "annotation/invalid", path: Path, reason: string) => void;

function reporterFor({ file, ref }: TreeObject, report: Report): Reporter {
  return (rule, path, reason) => report({ rule, file, object: ref, path: fieldPath(path), reason });
}

function checkLabels(found: unknown, path: Path, report: Reporter): void {
  if (!isJson(found)) return;
  for (const [key, value] of Object.entries(found)) {
    // The schema tells about values that are no text, but not everywhere.
    if (typeof value !== "string") continue;
    const wrongKey = labelKey(withVariablesSet(key));
    if (wrongKey !== undefined) report("label/invalid", [...path, key], `the key ${shown(key)} ${wrongKey}`);
    const wrong = labelValue(withVariablesSet(value));
    if (wrong !== undefined) report("label/invalid", [...path, key], `the value ${shown(value)} ${wrong}`);
  }
}

function checkAnnotations(found: unknown, path: Path, report: Reporter): void {
  if (!isJson(found)) return;
  let size = 0;
  for (const [key, value] of Object.entries(found)) {
    const wrong = annotationKey(withVariablesSet(key));
    if (wrong !== undefined) report("annotation/invalid", [...path, key], `the key ${shown(key)} ${wrong}`);
    size += Buffer.byteLength(key) + (typeof value === "string" ? Buffer.byteLength(value) : 0);
  }
  if (size > ANNOTATIONS_LIMIT) {
    report("annotation/invalid", path, `together they have ${size} bytes; at most ${ANNOTATIONS_LIMIT} are allowed`);
  }
}

function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
