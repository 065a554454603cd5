import type { ArmEnum, ArmObject, ArmProperty, ArmType } from "../model";

/** A text of any form. */
export const TEXT: ArmType = { kind: "string" };

/** True or false. */
export const BOOLEAN: ArmType = { kind: "boolean" };

/** A whole number. */
export const INTEGER: ArmType = { kind: "integer" };

/** Anything. */
export const ANY: ArmType = { kind: "any" };

/** A text that matches a pattern. */
export function matching(pattern: string): ArmType {
  return { kind: "string", pattern };
}

/** One of some texts. */
export function oneOf(...values: readonly string[]): ArmEnum {
  return { kind: "enum", values };
}

/** A list. */
export function listOf(item: ArmType): ArmType {
  return { kind: "array", item: () => item };
}

/** A map with any keys. */
export function mapOf(name: string, value: ArmType): ArmObject {
  return { kind: "object", name, properties: new Map(), additional: () => value };
}

type Properties = Readonly<Record<string, ArmType | Required>>;

interface Required {
  readonly required: ArmType;
}

/** Marks a property that must be there. */
export function required(type: ArmType): Required {
  return { required: type };
}

/** An object; a name may be `<namespace>/<name>`. */
export function object(name: string, properties: Properties): ArmObject {
  return { kind: "object", name, properties: new Map(Object.entries(properties).map(propertyOf)) };
}

/** Tags, as every resource has them. */
export const TAGS = mapOf("declared/Tags", TEXT);

/** The identity of a resource; what Azure alone says of it is left out. */
export const IDENTITY = object("declared/Identity", {
  type: required(oneOf("SystemAssigned", "UserAssigned", "None")),
  userAssignedIdentities: mapOf("declared/UserAssignedIdentities", object("declared/UserAssignedIdentity", {})),
});

/** A reference to another resource. */
export const REFERENCE = object("declared/SubResource", { id: TEXT });

function propertyOf([name, value]: [string, ArmType | Required]): [string, ArmProperty] {
  const type = "required" in value ? value.required : value;
  return [name, { type: () => type, required: "required" in value, readOnly: false }];
}
