import { entryOf } from "../../azure-types/tokens";
import { armId, guidOf } from "../../record/ids";
import { isUnknown, type Properties } from "./value";

/** A name that was made up for a resource without one. */
export interface DefaultName {
  /** The input that takes it. */
  readonly input: string;
  readonly value: string;
  /** Whether it has a random part, so that a replacement can stand beside the old resource. */
  readonly random: boolean;
}

/** Whether the stand-in knows where resources of a type live. */
export function isKnownType(token: string): boolean {
  return entryOf(token) !== undefined;
}

/** Names of the inputs that make up a resource's id. */
function pathInputs(token: string): readonly string[] {
  const { address = [], name } = entryOf(token) ?? {};
  return name === undefined ? address : [...address, name];
}

/** The id that Azure gives a resource; `undefined` while an input that makes it up is unknown. */
export function idOf(token: string, inputs: Properties, subscription: string): string | undefined {
  if (pathInputs(token).some((name) => isUnknown(inputs[name]))) return undefined;
  return armId(token, inputs, subscription, "");
}

/** The name that azure-native gives a resource without one: the logical name and eight random digits, or a random UUID. */
export function defaultName(token: string, urn: string, seed: string): DefaultName | undefined {
  const entry = entryOf(token);
  if (entry === undefined || entry.naming === "fixed") return undefined;
  const random = guidOf(`${seed} ${urn}`);
  const value = entry.naming === "uuid" ? random : `${urn.slice(urn.lastIndexOf("::") + 2)}${random.slice(0, 8)}`;
  return { input: entry.name, value, random: true };
}

/** The resource type of an id, for example `Microsoft.Network/virtualNetworks`. */
export function armTypeOf(id: string): string {
  const at = id.lastIndexOf("/providers/");
  if (at < 0) return "Microsoft.Resources/resourceGroups";
  const [provider, ...rest] = id.slice(at + "/providers/".length).split("/");
  return [provider, ...rest.filter((_, index) => index % 2 === 0)].join("/");
}
