import { refOf } from "../validate/tree";
import { isJson, type Json } from "../validate/types";
import { readYaml } from "../validate/yaml";
import { readCanonical } from "./canonical-yaml";
import { type Entry, keyOf } from "./entry";
import type { ObjectRef } from "./model";

/** The largest request that the API server reads; what is larger is no manifest. */
const LARGEST = 3 * 1024 * 1024;
const UTF8 = new TextDecoder("utf-8", { fatal: true });
/** Stands for the cluster's own name, so that what differs between clusters in nothing else is the same. */
export const OWN_CLUSTER = "<cluster>";

interface Parsed {
  readonly ref: ObjectRef;
  readonly key: string;
  readonly content: Json;
}

/** Reads manifests; equal texts are read once. */
export class Parser {
  readonly #known = new Map<string, readonly Parsed[]>();
  readonly #replaces: boolean;

  /** `replaces` says whether a cluster's own name may be replaced: not where the text already has the placeholder. */
  constructor(replaces: boolean) {
    this.#replaces = replaces;
  }

  /** The objects in a file at `<cluster>/<component>/<file>`. Throws a text that says what is wrong with it. */
  entriesOf(file: string, bytes: Uint8Array): readonly Entry[] {
    const [cluster = "", component = ""] = file.split("/");
    const text = textOf(bytes);
    const plain = this.#replaces && component === "flux-system" ? ownClusterReplaced(text, cluster) : text;
    return this.#parsed(plain).map(({ ref, key, content }) => ({ cluster, component, file, ref, key, content }));
  }

  #parsed(text: string): readonly Parsed[] {
    const known = this.#known.get(text);
    if (known) return known;
    const parsed = objectsIn(text);
    this.#known.set(text, parsed);
    return parsed;
  }
}

function textOf(bytes: Uint8Array): string {
  if (bytes.byteLength > LARGEST) {
    throw new Error(`it has ${bytes.byteLength} bytes; the API server takes at most ${LARGEST}`);
  }
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new Error("it is not UTF-8");
  }
}

function objectsIn(text: string): readonly Parsed[] {
  const documents = documentsIn(text).filter((document) => document !== null);
  if (documents.length === 0) throw new Error("it holds no object");
  return documents.map((content) => {
    const ref = refOf(content);
    if (!ref || !isJson(content)) throw new Error("it holds something that is no Kubernetes object");
    const missing = [
      [ref.apiVersion, "apiVersion"],
      [ref.kind, "kind"],
      [ref.name, "metadata.name"],
    ].flatMap(([value, field]) => (value === "" ? [field] : []));
    if (missing.length > 0) throw new Error(`its object has no ${missing.join(" and no ")}`);
    return { ref, key: keyOf(ref), content };
  });
}

function documentsIn(text: string): readonly unknown[] {
  const canonical = readCanonical(text);
  if (canonical) return [canonical];
  try {
    return readYaml(text).documents;
  } catch (error) {
    // js-yaml shows the lines around the fault below its message.
    throw new Error(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  }
}

/** Flux Kustomizations name their folder, and with it the cluster; else they are mostly the same everywhere. */
function ownClusterReplaced(text: string, cluster: string): string {
  return text.replaceAll(`: ./dist/${cluster}/`, `: ./dist/${OWN_CLUSTER}/`);
}
