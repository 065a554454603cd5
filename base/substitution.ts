import type { KubernetesObject } from "./object";

/** A reference as the fleet writes it. Flux's grammar has more (defaults, slices); none of it is used, so that nothing can be unset in silence. */
const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Where a `${…}` stands in a cluster's objects. */
export interface Mention {
  readonly component: string;
  readonly object: string;
  readonly text: string;
}

/** What is wrong, and what is referred to, in a cluster's objects. */
export interface Mentions {
  /** Every variable referred to, with one place of each. */
  readonly variables: ReadonlyMap<string, Mention>;
  /** Every `${` that is neither a plain reference nor escaped as `$${`. */
  readonly malformed: readonly Mention[];
}

/** Whether Flux has anything to substitute in these objects. */
export function mentionsVariable(objects: readonly KubernetesObject[]): boolean {
  return objects.some((object) => anyString(object, (text) => text.includes("${")));
}

/** Collects the variables that components refer to. Source of the grammar: fluxcd.io/flux/components/kustomize/kustomizations, post build. */
export function mentionsIn(
  components: readonly { readonly name: string; readonly objects: readonly KubernetesObject[] }[],
): Mentions {
  const variables = new Map<string, Mention>();
  const malformed: Mention[] = [];
  for (const { name, objects } of components) {
    for (const object of objects) {
      anyString(object, (text) => {
        if (!text.includes("${")) return false;
        const at = { component: name, object: `${object.kind} ${object.metadata.name}`, text };
        const rest = text.replaceAll("$${", "").replace(REFERENCE, (_, variable: string) => {
          if (!variables.has(variable)) variables.set(variable, at);
          return "";
        });
        if (rest.includes("${")) malformed.push(at);
        return false;
      });
    }
  }
  return { variables, malformed };
}

/** Whether a predicate holds for a string (key or value) anywhere in a value; stops at the first. */
function anyString(value: unknown, predicate: (text: string) => boolean): boolean {
  if (typeof value === "string") return predicate(value);
  if (Array.isArray(value)) return value.some((item) => anyString(item, predicate));
  if (typeof value !== "object" || value === null) return false;
  for (const [key, item] of Object.entries(value)) {
    if (predicate(key) || anyString(item, predicate)) return true;
  }
  return false;
}
