import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ArmEnum, ArmProperty, ArmType } from "./model";

/** Where the data is. */
export const DATA_FILE = join(__dirname, "arm-types.json");

/** Flags of a property. Source: github.com/Azure/bicep-types, src/bicep-types/src/types.ts, ObjectTypePropertyFlags. */
export const FLAGS = { required: 1, readOnly: 2, writeOnly: 4, deployTimeConstant: 8, identifier: 16 } as const;

/** A reference to an entry of the same list. */
export interface RawRef {
  readonly $ref: string;
}

/** A property in the data. */
export interface RawProperty {
  readonly type: RawRef;
  readonly flags: number;
}

/** An entry of the data, in the form of github.com/Azure/bicep-types. */
export interface RawType {
  readonly $type: string;
  readonly name?: string;
  readonly value?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly itemType?: RawRef;
  readonly elements?: readonly RawRef[] | Readonly<Record<string, RawRef>>;
  readonly properties?: Readonly<Record<string, RawProperty>>;
  readonly additionalProperties?: RawRef;
  readonly baseProperties?: Readonly<Record<string, RawProperty>>;
  readonly discriminator?: string;
  readonly body?: RawRef;
}

/** The whole data: a list of types for each namespace, version and file. */
export type RawData = Readonly<Record<string, readonly RawType[]>>;

/** Resource types of the data by `<type>@<version>` in lower case. */
export function resourceTypes(data: RawData): ReadonlyMap<string, ArmType> {
  const found = new Map<string, ArmType>();
  for (const [file, list] of Object.entries(data)) {
    const typeAt = reader(file, list);
    for (const entry of list) {
      if (entry.$type !== "ResourceType" || !entry.name || !entry.body) continue;
      found.set(entry.name.toLowerCase(), typeAt(entry.body));
    }
  }
  return found;
}

let loaded: ReadonlyMap<string, ArmType> | undefined;

/** Azure's published types, read once. */
export function publishedTypes(): ReadonlyMap<string, ArmType> {
  loaded ??= resourceTypes(JSON.parse(readFileSync(DATA_FILE, "utf8")) as RawData);
  return loaded;
}

/** Index that a reference stands for. */
export function indexOf(ref: RawRef): number {
  return Number(ref.$ref.slice(2));
}

function reader(file: string, list: readonly RawType[]): (ref: RawRef) => ArmType {
  const cache = new Map<number, ArmType>();
  const typeAt = (ref: RawRef): ArmType => {
    const index = indexOf(ref);
    const known = cache.get(index);
    if (known) return known;
    const raw = list[index];
    if (!raw) throw new Error(`${file}: ${ref.$ref} points at nothing; run npm run azure-types`);
    const type = typeOf(raw, file, list, typeAt);
    cache.set(index, type);
    return type;
  };
  return typeAt;
}

function typeOf(raw: RawType, file: string, list: readonly RawType[], typeAt: (ref: RawRef) => ArmType): ArmType {
  switch (raw.$type) {
    case "AnyType":
      return { kind: "any" };
    case "BooleanType":
      return { kind: "boolean" };
    case "IntegerType":
      return { kind: "integer", ...given({ min: raw.minValue, max: raw.maxValue }) };
    case "StringType":
      return { kind: "string", ...given({ pattern: raw.pattern, minLength: raw.minLength, maxLength: raw.maxLength }) };
    case "StringLiteralType":
      return { kind: "enum", values: [raw.value ?? ""] };
    case "UnionType":
      return unionOf(raw, file, list);
    case "ArrayType": {
      const item = raw.itemType;
      if (!item) break;
      return {
        kind: "array",
        item: () => typeAt(item),
        ...given({ minLength: raw.minLength, maxLength: raw.maxLength }),
      };
    }
    case "ObjectType": {
      const { additionalProperties } = raw;
      const properties = propertiesOf(raw.properties, typeAt);
      const additional = additionalProperties ? { additional: () => typeAt(additionalProperties) } : {};
      return { kind: "object", name: qualified(file, raw.name), properties, ...additional };
    }
    case "DiscriminatedObjectType": {
      const elements = Object.entries((raw.elements ?? {}) as Readonly<Record<string, RawRef>>);
      return {
        kind: "variants",
        name: qualified(file, raw.name),
        discriminator: raw.discriminator ?? "",
        base: propertiesOf(raw.baseProperties, typeAt),
        variants: new Map(elements.map(([value, ref]) => [value, () => typeAt(ref)])),
      };
    }
  }
  throw new Error(`${file}: a type of kind ${raw.$type} is not one this program reads`);
}

// Several namespaces have an `IPRule`; a file is called `<namespace>@<version>@<file>`.
function qualified(file: string, name = ""): string {
  return name.includes("/") ? name : `${file.slice(0, file.indexOf("@"))}/${name}`;
}

function propertiesOf(
  properties: RawType["properties"],
  typeAt: (ref: RawRef) => ArmType,
): ReadonlyMap<string, ArmProperty> {
  return new Map(
    Object.entries(properties ?? {}).map(([name, { type, flags }]) => [
      name,
      {
        type: () => typeAt(type),
        required: (flags & FLAGS.required) !== 0,
        readOnly: (flags & FLAGS.readOnly) !== 0,
      },
    ]),
  );
}

// Azure marks nearly every enum as one that may grow, by a plain string among its elements. Whoever writes a value that Azure
// has not published has mistyped it, so the plain string does not count; special.ts holds the values that are missing.
function unionOf(raw: RawType, file: string, list: readonly RawType[]): ArmEnum {
  const values: string[] = [];
  for (const ref of raw.elements as readonly RawRef[]) {
    const element = list[indexOf(ref)];
    if (element?.$type === "StringLiteralType") values.push(element.value ?? "");
    else if (element?.$type !== "StringType") throw new Error(`${file}: a union with ${element?.$type} is not read`);
  }
  return { kind: "enum", values };
}

function given<T extends Readonly<Record<string, unknown>>>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
