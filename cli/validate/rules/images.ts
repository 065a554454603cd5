import { fieldPath } from "../../kubeconform/types";
import { groupOf } from "../../tree/path";
import { podSpecsOf } from "../pods";
import type { TreeObject } from "../tree";
import { isJson, type Json, valueAt } from "../types";
import { withVariablesSet } from "../variables";
import type { Report, RuleContext } from "./index";

/** Images by version: what runs is decided in Git, not by what a registry calls latest today. */
export function images({ tree }: RuleContext, report: Report): void {
  for (const object of tree.objects) {
    for (const [path, image] of imagesOf(object)) {
      const wrong = faultOf(image);
      if (wrong) report({ ...wrong, file: object.file, object: object.ref, path: fieldPath(path) });
    }
    for (const path of latestInValues(object)) {
      const reason = "the chart would run whatever the registry calls latest";
      report({ rule: "image/unpinned", file: object.file, object: object.ref, path: fieldPath(path), reason });
    }
  }
}

type Path = readonly (string | number)[];
type Fault = { readonly rule: "image/unpinned" | "image/invalid"; readonly reason: string };

function* imagesOf(object: TreeObject): Generator<[Path, unknown]> {
  for (const { spec, path } of podSpecsOf(object)) {
    for (const list of ["initContainers", "containers", "ephemeralContainers"]) {
      for (const [index, container] of itemsOf(spec[list])) yield [[...path, list, index, "image"], container["image"]];
    }
    for (const [index, volume] of itemsOf(spec["volumes"])) {
      const reference = valueAt(volume, "image", "reference");
      if (reference !== undefined) yield [[...path, "volumes", index, "image", "reference"], reference];
    }
  }
}

function itemsOf(list: unknown): readonly [number, Json][] {
  return (Array.isArray(list) ? list : []).flatMap((item, index): [number, Json][] =>
    isJson(item) ? [[index, item]] : [],
  );
}

// The grammar of github.com/distribution/reference, whose length limits nobody comes near.
const HOST =
  "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[a-fA-F0-9:]+\\]";
const PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const REFERENCE = new RegExp(
  `^(?:(?:${HOST})(?::[0-9]+)?/)?${PART}(?:/${PART})*(?<tag>:[\\w][\\w.-]{0,127})?(?<digest>@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$`,
);
const LONGEST = 1024;

function faultOf(image: unknown): Fault | undefined {
  if (image === undefined || image === "") return { rule: "image/invalid", reason: "the container has no image" };
  if (typeof image !== "string") return undefined;
  const match = image.length <= LONGEST ? REFERENCE.exec(withVariablesSet(image)) : null;
  if (!match)
    return { rule: "image/invalid", reason: `${JSON.stringify(image.slice(0, 200))} is no reference of an image` };
  const { tag, digest } = match.groups ?? {};
  if (digest !== undefined) {
    return /^@sha256:[0-9a-f]{64}$/.test(digest)
      ? undefined
      : { rule: "image/invalid", reason: `${image} has a digest that is not sha256 in lower case` };
  }
  if (tag === undefined) return { rule: "image/unpinned", reason: `${image} has no tag, which means latest` };
  return tag === ":latest" ? { rule: "image/unpinned", reason: `${image} has the tag latest` } : undefined;
}

/** `tag: latest` beside a repository or image, in the values of a Helm release. */
function latestInValues({ ref, content }: TreeObject): readonly Path[] {
  if (groupOf(ref) !== "helm.toolkit.fluxcd.io") return [];
  const found: Path[] = [];
  const search = (value: unknown, path: Path): void => {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) search(item, [...path, index]);
    if (!isJson(value)) return;
    if (value["tag"] === "latest") found.push([...path, "tag"]);
    for (const [key, child] of Object.entries(value)) search(child, [...path, key]);
  };
  search(valueAt(content, "spec", "values"), ["spec", "values"]);
  return found;
}
