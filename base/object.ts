import { ApiObject, type JsonPatch } from "cdk8s";
import type { Construct } from "constructs";

/** The part of a Kubernetes object that all kinds share; the generated types in `imports/` extend it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** Metadata that a manifest may carry; the name is always explicit, so that no hash can change it. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Adds one object to a component, typed by its generated interface: `add<ClusterIssuer>(this, { apiVersion: … })`.
 * Throws when the component already has an object of that group, kind, namespace and name.
 */
export function add<T extends KubernetesObject>(scope: Construct, manifest: T): void {
  const { apiVersion, kind, metadata, ...rest } = manifest;
  const id = [apiVersion.replace("/", "."), kind, metadata.namespace ?? "", metadata.name].join(":");
  new Manifest(scope, id.replaceAll("/", "%2F"), { apiVersion, kind, metadata, ...rest });
}

/**
 * An object whose manifest is plain data. cdk8s looks at every value of an object for one that is produced late, with all
 * its resolvers; here there is none, and that search takes longer than writing the YAML.
 */
class Manifest extends ApiObject {
  /** Whether more than the manifest may go into the object; then cdk8s puts it together. */
  private isExtended = false;
  private readonly given: ApiObject["metadata"];

  constructor(
    scope: Construct,
    id: string,
    private readonly manifest: KubernetesObject,
  ) {
    super(scope, id, manifest);
    this.given = this.metadata;
    Object.defineProperty(this, "metadata", Manifest.METADATA);
  }

  /** The same for all of them: V8 would take objects with a getter each for dictionaries, which are slow. */
  private static readonly METADATA: PropertyDescriptor & ThisType<Manifest> = {
    get() {
      this.isExtended = true;
      return this.given;
    },
  };

  override addJsonPatch(...operations: JsonPatch[]): void {
    this.isExtended = true;
    super.addJsonPatch(...operations);
  }

  override toJson(): KubernetesObject {
    if (this.isExtended) return super.toJson();
    const { apiVersion, kind, metadata, ...rest } = this.manifest;
    const { namespace = this.chart.namespace, labels } = metadata;
    const all = { ...metadata, namespace, labels: { ...this.chart.labels, ...labels } };
    return {
      apiVersion,
      kind,
      metadata: plain(all, this, true) as ObjectMeta,
      ...(plain(rest, this) as object),
    };
  }
}

/** A value as cdk8s writes it: keys sorted, and those without a value left out. Throws on what is no plain data. */
function plain(value: unknown, of: Manifest, dropEmpty = false): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== "object") return value;
  if (Array.isArray(value))
    return dropEmpty && value.length === 0 ? undefined : value.map((item) => plain(item, of, dropEmpty));
  refuseInstance(value, of);
  const result: Record<string, unknown> = {};
  let isEmpty = true;
  for (const key of sortedKeys(value)) {
    const item = plain((value as Readonly<Record<string, unknown>>)[key], of, dropEmpty);
    if (item === undefined) continue;
    result[key] = item;
    isEmpty = false;
  }
  return dropEmpty && isEmpty ? undefined : result;
}

/** Most objects are written in order already, and looking takes less than sorting. */
function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value);
  return keys.every((key, index) => index === 0 || (keys[index - 1] ?? "") < key) ? keys : keys.sort();
}

/** The prototype of a plain object, also of one of another realm, has none itself. */
function refuseInstance(value: object, { node }: Manifest): void {
  const prototype: object | null = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw new Error(`${node.path} holds a ${value.constructor.name}, and a manifest is plain data`);
}
