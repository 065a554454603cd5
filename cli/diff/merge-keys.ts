import { isJson, type Json } from "../validate/types";

/** What may tell the entries of a list apart; the first that does is taken. A key with `?` may be left out of an entry. */
type Keys = readonly (readonly string[])[];

const NAME: Keys = [["name"]];

/**
 * Merge keys by field. Sources: `patchMergeKey` and `listMapKey` of the Kubernetes API types (k8s.io/api), the CRDs of Flux, Istio,
 * Karpenter, cert-manager, Kyverno and KEDA; where those have atomic lists, what an operator would tell entries apart by.
 */
const BY_FIELD: Readonly<Record<string, Keys>> = {
  allowedRoutes: [["kind"]],
  budgets: [["reasons"], ["schedule", "nodes"]],
  conditions: [["type"]],
  dependsOn: [["namespace?", "name"]],
  endpoints: [["port", "path?"], ["targetPort"]],
  env: NAME,
  healthChecks: [["apiVersion", "kind", "namespace?", "name"]],
  hostAliases: [["ip"]],
  images: NAME,
  metrics: [["type", "resource.name"], ["type", "containerResource.name"], ["type"]],
  parentRefs: [["namespace?", "name", "sectionName?", "port?"], ["name"]],
  podMetricsEndpoints: [["port", "path?"], ["targetPort"]],
  ports: [["containerPort", "protocol"], ["port", "protocol"], ["name"], ["number"]],
  requirements: [["key"], ["key", "operator"]],
  secretObjects: [["secretName"]],
  servers: [["port.name", "name"], ["port.name"], ["port.number"]],
  startupTaints: [["key", "effect"]],
  subjects: [["kind", "namespace?", "name"]],
  substituteFrom: [["kind", "name"]],
  taints: [["key", "effect"]],
  tolerations: [
    ["key", "effect"],
    ["key", "effect", "value"],
    ["key?", "operator?", "effect?", "value?"],
  ],
  topologySpreadConstraints: [["topologyKey", "whenUnsatisfiable"], ["topologyKey"]],
  triggers: [["type"], ["type", "name"], ["name"]],
  volumeDevices: [["devicePath"]],
  volumeMounts: [["mountPath"]],
};

/** For every other list. */
const GENERIC: Keys = [["name"], ["key"], ["id"], ["uid"], ["secretKey"], ["type"]];

/** A list's entries by what tells them apart. */
export interface Keyed {
  readonly keys: readonly string[];
  /** Each list's entries, by their keys' values. */
  readonly before: ReadonlyMap<string, number>;
  readonly after: ReadonlyMap<string, number>;
}

/** Finds what tells the entries of two versions of a list apart; undefined when nothing does. */
export function keyed(field: string, before: readonly unknown[], after: readonly unknown[]): Keyed | undefined {
  if (!before.every(isJson) || !after.every(isJson)) return undefined;
  for (const keys of [...(Object.hasOwn(BY_FIELD, field) ? (BY_FIELD[field] ?? []) : []), ...GENERIC]) {
    const one = index(before, keys);
    const other = one && index(after, keys);
    if (one && other) return { keys, before: one, after: other };
  }
  return undefined;
}

/** Positions by key; undefined when an entry has none, or two have the same. */
function index(entries: readonly Json[], keys: readonly string[]): ReadonlyMap<string, number> | undefined {
  const positions = new Map<string, number>();
  for (const [position, entry] of entries.entries()) {
    const name = nameOf(entry, keys);
    if (name === undefined || positions.has(name)) return undefined;
    positions.set(name, position);
  }
  return positions;
}

/** What stands in brackets behind the list's path: `[name=app]`; undefined where a key is missing that must not be. */
function nameOf(entry: Json, keys: readonly string[]): string | undefined {
  const parts: string[] = [];
  for (const key of keys) {
    const name = key.replace("?", "");
    const value = member(entry, name) ?? DEFAULTS[name];
    const text = value === undefined || value === null ? undefined : scalar(value);
    if (text !== undefined) parts.push(`${name}=${text}`);
    else if (name === key || value !== undefined) return undefined;
  }
  return parts.length === 0 ? undefined : parts.join(",");
}

/** What the API server fills in where a key is left out. */
const DEFAULTS: Readonly<Record<string, string>> = { protocol: "TCP" };

function member(entry: Json, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (isJson(value) && Object.hasOwn(value, key) ? value[key] : undefined), entry);
}

function scalar(value: unknown): string | undefined {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return quoted(value.join("+"));
  if (typeof value === "string") return quoted(value);
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

// A plain word stays as it is; anything that could be taken for the path's own signs is quoted. `1` and `"1"` stay apart.
function quoted(text: string): string {
  return /^[A-Za-z_*/.$][\w.:/@*%{}$+-]*$/.test(text) ? text : JSON.stringify(text);
}
