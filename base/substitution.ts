import type { KubernetesObject } from "./object";
import { yamlOf } from "./yaml";

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
  /** Components that have a `${` anywhere, so that Flux has something to substitute in them. */
  readonly components: ReadonlySet<string>;
  /** Every `${` that is neither a plain reference nor escaped as `$${`. */
  readonly malformed: readonly Mention[];
}

/** Collects the variables that components refer to. Source of the grammar: fluxcd.io/flux/components/kustomize/kustomizations, post build. */
export function mentionsIn(
  components: readonly { readonly name: string; readonly objects: readonly KubernetesObject[] }[],
): Mentions {
  const variables = new Map<string, Mention>();
  const mentioning = new Set<string>();
  const malformed: Mention[] = [];
  for (const { name, objects } of components) {
    for (const object of objects) {
      // Most objects mention nothing. What is written anyway says so sooner than a look at each string: a twentieth of a large fleet.
      if (!yamlOf(object).includes("${")) continue;
      forEachString(object, (text) => {
        if (!text.includes("${")) return;
        mentioning.add(name);
        const at = { component: name, object: `${object.kind} ${object.metadata.name}`, text };
        const rest = text.replaceAll("$${", "").replace(REFERENCE, (_, variable: string) => {
          if (!variables.has(variable)) variables.set(variable, at);
          return "";
        });
        if (rest.includes("${")) malformed.push(at);
      });
    }
  }
  return { variables, components: mentioning, malformed };
}

/** Visits every string, key or value, anywhere in plain data. */
function forEachString(value: unknown, visit: (text: string) => void): void {
  if (typeof value === "string") visit(value);
  else if (Array.isArray(value)) for (const item of value) forEachString(item, visit);
  else if (typeof value === "object" && value !== null) {
    for (const key in value) {
      visit(key);
      forEachString((value as Readonly<Record<string, unknown>>)[key], visit);
    }
  }
}
