import { createHash } from "node:crypto";
import type { KubernetesObject } from "../../base/object";

/** Longest file name that common file systems take, in bytes. */
const LONGEST = 255;
const ENDING = ".yaml";

/** What tells one object of a cluster from another: API group, kind, namespace, name. The version does not count: the API server keeps one object. */
export function objectKey(object: KubernetesObject): string {
  return `${groupOf(object)}/${object.kind}/${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}

/** API group of an object; empty for the core group. */
export function groupOf(object: Pick<KubernetesObject, "apiVersion">): string {
  const slash = object.apiVersion.lastIndexOf("/");
  return slash < 0 ? "" : object.apiVersion.slice(0, slash);
}

/** `<kind>.<namespace>.<name>.yaml`, without a namespace for cluster-scoped objects, safe on file systems that fold case. */
export function fileName(object: KubernetesObject): string {
  return named(object.kind, object.metadata);
}

/** The longer name for an object whose short one is taken by another API group's kind of that name. */
export function fileNameWithGroup(object: KubernetesObject): string {
  return named(`${object.kind}.${groupOf(object)}`, object.metadata);
}

/**
 * Gives every object of a folder its file name. Objects of two API groups that would share one get the group into the name.
 * Throws when one object stands there twice.
 */
export function fileNames(objects: readonly KubernetesObject[]): ReadonlyMap<string, KubernetesObject> {
  refuseTwins(objects);
  const names = objects.map(fileName);
  const shared = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return new Map(
    objects.map((object, index) => {
      const name = names[index] ?? "";
      return [shared.has(name) ? fileNameWithGroup(object) : name, object];
    }),
  );
}

function refuseTwins(objects: readonly KubernetesObject[]): void {
  const seen = new Set<string>();
  const twins = objects.filter((object) => seen.size === seen.add(objectKey(object)).size);
  if (twins.length > 0) {
    throw new Error(twins.map((object) => `${describe(object)} is rendered twice`).join("\n"));
  }
}

/** An object as an operator would name it. */
export function describe(object: KubernetesObject): string {
  const { name, namespace } = object.metadata;
  return `${object.kind} ${namespace ? `${namespace}/` : ""}${name}`;
}

function named(kind: string, metadata: KubernetesObject["metadata"]): string {
  const place = metadata.namespace === undefined ? "" : `${escaped(metadata.namespace)}.`;
  const name = `${kind.toLowerCase()}.${place}${escaped(metadata.name)}`;
  if (Buffer.byteLength(name) + ENDING.length <= LONGEST) return name + ENDING;
  const digest = createHash("sha256").update(name).digest("hex").slice(0, 16);
  return `${name.slice(0, LONGEST - ENDING.length - digest.length - 1)}~${digest}${ENDING}`;
}

/** Percent-encodes what a Kubernetes name may hold (RBAC names take nearly anything) but a portable file name may not. */
function escaped(text: string): string {
  if (/^[a-z0-9.-]*$/.test(text)) return text;
  return text.replace(/[^a-z0-9.-]/g, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
  );
}
