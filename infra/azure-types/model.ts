/** Anything: Azure says no more about it. */
export interface ArmAny {
  readonly kind: "any";
}

/** True or false. */
export interface ArmBoolean {
  readonly kind: "boolean";
}

/** A number; Azure's data has no kind of its own for fractions. */
export interface ArmInteger {
  readonly kind: "integer";
  readonly min?: number;
  readonly max?: number;
}

/** A text. */
export interface ArmString {
  readonly kind: "string";
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** One of some texts. */
export interface ArmEnum {
  readonly kind: "enum";
  readonly values: readonly string[];
}

/** A list. */
export interface ArmArray {
  readonly kind: "array";
  readonly item: () => ArmType;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** A property of an object. */
export interface ArmProperty {
  readonly type: () => ArmType;
  readonly required: boolean;
  readonly readOnly: boolean;
}

/** An object with named properties, a map, or both. */
export interface ArmObject {
  readonly kind: "object";
  readonly name: string;
  readonly properties: ReadonlyMap<string, ArmProperty>;
  /** Type of the values under other names; none when there must be no other. */
  readonly additional?: () => ArmType;
}

/** An object that has one of several forms; a property says which. */
export interface ArmVariants {
  readonly kind: "variants";
  readonly name: string;
  readonly discriminator: string;
  readonly base: ReadonlyMap<string, ArmProperty>;
  readonly variants: ReadonlyMap<string, () => ArmType>;
}

/** A type of Azure Resource Manager. */
export type ArmType = ArmAny | ArmBoolean | ArmInteger | ArmString | ArmEnum | ArmArray | ArmObject | ArmVariants;

/** What a check needs of a resource; a recorded resource is one. */
export interface AzureResource {
  /** Type token, for example `azure-native:containerservice:ManagedCluster`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** Inputs as the provider receives them. A property that is there and `undefined` is not known yet. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Something that Azure would refuse. */
export interface BodyProblem {
  /** Token and logical name, for example `azure-native:containerservice:ManagedCluster app1`. */
  readonly resource: string;
  /** Which check found it: `enum`, `missing`, ... or the id of a rule. */
  readonly check: string;
  /** Place in the inputs, for example `networkProfile.networkDataplane`. */
  readonly path: string;
  /** Why it cannot be, to be read after the place. */
  readonly reason: string;
  /** What to write instead. */
  readonly fix?: string;
}

/** A problem before it is known whose it is. */
export type Finding = Omit<BodyProblem, "resource">;
