import { ApiObject } from "cdk8s";
import type { Construct } from "constructs";
import type { KubernetesObject } from "../../base/object";

/** An object as it would be written, open for any assertion. */
export interface RenderedObject extends KubernetesObject {
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** Every object of a component, in the order it was added. */
export function objectsOf(component: Construct): readonly RenderedObject[] {
  return component.node
    .findAll()
    .filter((construct) => ApiObject.isApiObject(construct))
    .map((object) => object.toJson() as RenderedObject);
}

/** The one object of a kind (and name), typed by its generated interface if that is given. Throws when there is none, or more than one. */
export function objectOf<T extends KubernetesObject = RenderedObject>(
  component: Construct,
  kind: T["kind"],
  name?: string,
): T {
  const found = objectsOf(component).filter(
    (object) => object.kind === kind && (name === undefined || object.metadata.name === name),
  );
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`expected one ${kind} ${name ?? ""}, found ${found.length}`);
  return only as KubernetesObject as T;
}
