import type { ArmObject, ArmProperty, ArmType, ArmVariants } from "./model";
import { sdkName } from "./names";
import { LOST_DESCRIPTIONS } from "./special";

/** A property as the SDK offers it, and where Azure has it. */
export interface Slot {
  /** Path in the body, for example `["properties", "networkProfile"]`. */
  readonly armPath: readonly string[];
  /** Name of the object that has it in the data. */
  readonly owner: string;
  readonly type: () => ArmType;
  readonly required: boolean;
  readonly readOnly: boolean;
}

/** The properties of an object as the SDK offers them, by the SDK's name. */
export interface View {
  readonly slots: ReadonlyMap<string, Slot>;
  /** Whether the object's `properties` is opened, so that its properties stand beside the others. */
  readonly flat: boolean;
  /** Whether Azure insists on the opened `properties`. */
  readonly flatRequired: boolean;
}

const WRAPPER = "properties";
const cache = new WeakMap<ArmObject, { flat?: View; nested?: View }>();

/** How the SDK offers an object. `flat`: its `properties` are opened, as azure-native does unless the type is a map or has variants. */
export function viewOf(object: ArmObject, flat: boolean): View {
  const known = cache.get(object) ?? {};
  cache.set(object, known);
  if (flat) {
    known.flat ??= build(object, true);
    return known.flat;
  }
  known.nested ??= build(object, false);
  return known.nested;
}

/** The object that a value of a type with variants is, once the variant is chosen. */
export function chosen(variants: ArmVariants, variant: ArmType): ArmObject {
  const own = variant.kind === "object" ? variant.properties : new Map<string, ArmProperty>();
  return { kind: "object", name: variants.name, properties: new Map([...variants.base, ...own]) };
}

function build(object: ArmObject, flat: boolean): View {
  const wrapper = flat ? object.properties.get(WRAPPER) : undefined;
  const wrapped = wrapper && !wrapper.readOnly ? wrapper.type() : undefined;
  const opened = wrapped?.kind === "object" && !wrapped.additional ? wrapped : undefined;
  const outer = slotsOf(object, []).filter(({ slot }) => !opened || slot.armPath[0] !== WRAPPER);
  const inner = opened ? slotsOf(opened, [WRAPPER]) : [];
  const slots = new Map<string, Slot>();
  // What can be written wins over what Azure only answers: `type` of a VM extension stands in its `properties`.
  for (const { name, slot } of [...outer, ...inner].sort((a, b) => Number(a.slot.readOnly) - Number(b.slot.readOnly))) {
    if (!slots.has(name)) slots.set(name, slot);
  }
  return { slots, flat: opened !== undefined, flatRequired: wrapper?.required ?? false };
}

function slotsOf(object: ArmObject, path: readonly string[]): { name: string; slot: Slot }[] {
  const properties = [...object.properties];
  if (LOST_DESCRIPTIONS.has(object.name) && !object.properties.has("description")) {
    properties.push(["description", { type: () => ({ kind: "string" }), required: false, readOnly: false }]);
  }
  return properties.map(([name, { type, required, readOnly }]) => ({
    name: sdkName(object.name, name),
    slot: { armPath: [...path, name], owner: object.name, type, required, readOnly },
  }));
}
