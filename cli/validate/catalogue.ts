/** What a rule is about, for people and for tools that list rules. */
export interface Rule {
  readonly summary: string;
  /** How findings of the rule are mended, unless a finding says it better. */
  readonly fix: string;
}

/** Where a manifest is mended: not in the rendered file. */
const SOURCES = "in the sources (`base/`, `clusters/`), then run `make synth`";

/** Every rule of `validate`, by its id. */
export const RULES = {
  "engine/missing": {
    summary: "kubeconform must check the schemas",
    fix: "put kubeconform on PATH, or let it be downloaded or built (Go, network)",
  },
  "engine/failed": {
    summary: "kubeconform must end as it should",
    fix: "run again; if it fails again, delete .cache/bin so that it is fetched anew",
  },
  "tree/empty": {
    summary: "A tree holds at least one manifest",
    fix: "run `make synth`, or name the folder that holds the manifests",
  },
  "layout/unexpected-file": {
    summary: "A tree holds only <cluster>/<component>/<kind>.<namespace>.<name>.yaml",
    fix: "remove the file, or run `make synth`, which renders the tree anew",
  },
  "layout/file-name": {
    summary: "A file is named after the object in it",
    fix: "run `make synth`; files in the tree are never moved or edited by hand",
  },
  "layout/one-object": {
    summary: "A file holds exactly one object",
    fix: `give every object its own \`add(…)\` ${SOURCES}`,
  },
  "yaml/unreadable": {
    summary: "A manifest is readable YAML, each key once",
    fix: "run `make synth`; files in the tree are never edited by hand",
  },
  "yaml/old-boolean": {
    summary: "Unquoted yes, no, on, off, y and n are booleans for kubectl and text for Flux",
    fix: "write true or false, or quote the text",
  },
  "schema/unknown-kind": {
    summary: "Every object is of a kind whose schema is in imports/schemas",
    fix: "mend kind or apiVersion, or add the kind to imports/sources.ts and run `npm run import`",
  },
  "schema/invalid": {
    summary: "Every object is valid against the schema of its kind, with no unknown fields",
    fix: `mend the field ${SOURCES}`,
  },
  "schema/unreadable": {
    summary: "Every manifest can be checked: a mapping with an apiVersion and a kind",
    fix: "run `make synth`; files in the tree are never edited by hand",
  },
  "schema/not-checked": {
    summary: "No manifest goes unchecked",
    fix: "see what else is reported; if nothing is, run again",
  },
  "object/duplicate": {
    summary: "A cluster has an object once, whichever component and API version renders it",
    fix: `remove or rename one of the two ${SOURCES}`,
  },
  "namespace/unknown": {
    summary: "Objects live in namespaces that the cluster's tree creates or AKS provides",
    fix: "add the namespace to the cluster's namespaces component, or mend the name",
  },
  "scope/missing-namespace": {
    summary: "An object of a namespaced kind names its namespace",
    fix: `set metadata.namespace ${SOURCES}`,
  },
  "scope/unwanted-namespace": {
    summary: "An object of a cluster-scoped kind names no namespace",
    fix: `remove metadata.namespace ${SOURCES}`,
  },
  "name/invalid": {
    summary: "Names are such that the API server takes them",
    fix: `rename it ${SOURCES}`,
  },
  "label/invalid": {
    summary: "Keys and values of labels are such that the API server takes them",
    fix: `mend the label ${SOURCES}`,
  },
  "annotation/invalid": {
    summary: "Keys of annotations are such that the API server takes them, and all together are at most 256 KiB",
    fix: `mend the annotation ${SOURCES}`,
  },
  "image/unpinned": {
    summary: "A container image has a tag other than latest, or a digest",
    fix: "name the version: `registry/name:1.2.3`, or the digest: `registry/name@sha256:…`",
  },
  "image/invalid": {
    summary: "A container image is a reference that a registry can resolve",
    fix: "write `registry/name:tag` or `registry/name@sha256:<64 hex digits>`, in lower case",
  },
} as const satisfies Record<string, Rule>;

/** Id of a rule. */
export type RuleId = keyof typeof RULES;
