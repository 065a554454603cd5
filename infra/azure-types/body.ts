import type { ArmObject, ArmType, ArmVariants, Finding } from "./model";
import { lowerCamel, nearest } from "./names";
import { readScalar } from "./scalar";
import { isObject, isUnknown, unwrapped } from "./unknown";
import { chosen, type Slot, viewOf } from "./view";

/** A value as it goes to Azure, and what is wrong with it. */
export interface Reading {
  readonly value: unknown;
  readonly findings: readonly Finding[];
}

/** Where a value stands: its path in the inputs, and `<object>.<property>` in the data. */
export interface Place {
  readonly path: string;
  readonly slot: string;
}

/** Reads a value of the SDK as Azure's type wants it. What is not known yet is taken for right. */
export function read(type: ArmType, input: unknown, place: Place): Reading {
  const value = unwrapped(input);
  if (isUnknown(value) || type.kind === "any") return { value, findings: [] };
  switch (type.kind) {
    case "array":
      return readArray(type, value, place);
    case "object":
      return isStringSet(type) && Array.isArray(value) ? readSet(value, place) : readValue(type, value, place);
    case "variants":
      return readVariants(type, value, place);
    default:
      return { value, findings: readScalar(type, value, place) };
  }
}

/** Reads an object; `nested`: its `properties` is not opened. */
export function readObject(
  type: ArmObject,
  value: Readonly<Record<string, unknown>>,
  path: string,
  nested: boolean,
  top: boolean,
): Reading {
  const { slots, flat, flatRequired } = viewOf(type, !nested);
  const body: Record<string, unknown> = {};
  const findings: Finding[] = [];
  const present = new Set<string>();
  let opened = top || flatRequired;
  for (const [name, item] of Object.entries(value)) {
    if (item === null) continue;
    const at = join(path, name);
    const slot = slots.get(name);
    if (!slot) {
      findings.push(...readOther(type, name, item, at, [...slots.keys()], body));
      continue;
    }
    present.add(name);
    if (slot.armPath.length > 1) opened = true;
    if (slot.readOnly && !isUnknown(item)) {
      findings.push({ check: "read-only", path: at, reason: "is for Azure alone to say", fix: "leave it out" });
      continue;
    }
    const reading = read(slot.type(), item, { path: at, slot: `${slot.owner}.${slot.armPath.at(-1)}` });
    place(body, slot.armPath, reading.value);
    findings.push(...reading.findings);
  }
  if (flat && opened) body["properties"] ??= {};
  for (const [name, slot] of slots) {
    if (!isMissing(slot, name, present, opened)) continue;
    findings.push({ check: "missing", path: join(path, name), reason: "is missing; Azure asks for it", fix: "set it" });
  }
  return { value: body, findings };
}

function isMissing(slot: Slot, name: string, present: ReadonlySet<string>, opened: boolean): boolean {
  if (!slot.required || slot.readOnly || present.has(name)) return false;
  return slot.armPath.length === 1 || opened;
}

function readValue(type: ArmObject, value: unknown, { path }: Place): Reading {
  if (!isObject(value)) return wrong(value, path, "an object");
  return readObject(type, value, path, Object.hasOwn(value, "properties"), false);
}

function readOther(
  type: ArmObject,
  name: string,
  item: unknown,
  path: string,
  names: readonly string[],
  body: Record<string, unknown>,
): readonly Finding[] {
  if (type.additional) {
    const reading = read(type.additional(), item, { path, slot: `${type.name}.*` });
    body[name] = reading.value;
    return reading.findings;
  }
  const meant = nearest(name, names);
  const fix = meant ? `write ${meant}` : `leave it out, or use one of ${names.join(", ")}`;
  return [{ check: "unknown-property", path, reason: "is not a property that Azure knows here", fix }];
}

function readArray(type: Extract<ArmType, { kind: "array" }>, value: unknown, { path, slot }: Place): Reading {
  if (!Array.isArray(value)) return wrong(value, path, "a list");
  const readings = value.map((item, index) => read(type.item(), item, { path: `${path}[${index}]`, slot }));
  const findings = readings.flatMap((reading) => reading.findings);
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = type;
  if (value.length < minLength || value.length > maxLength) {
    const reason = `has ${value.length} entries; Azure takes ${minLength} to ${maxLength}`;
    return { value, findings: [...findings, { check: "items", path, reason }] };
  }
  return { value: readings.map((reading) => reading.value), findings };
}

// azure-native writes a map whose values Azure alone fills as a list of its keys: userAssignedIdentities.
// Source: pulumi/pulumi-azure-native, provider/pkg/gen/properties.go, isStringSet.
function isStringSet(type: ArmObject): boolean {
  const value = type.properties.size === 0 ? type.additional?.() : undefined;
  return value?.kind === "object" && !value.additional && [...value.properties.values()].every((one) => one.readOnly);
}

function readSet(value: readonly unknown[], { path }: Place): Reading {
  const keys = value.map(unwrapped);
  const findings = keys.flatMap((key, index) =>
    isUnknown(key) || typeof key === "string" ? [] : wrong(key, `${path}[${index}]`, "a text").findings,
  );
  const known = keys.filter((key) => typeof key === "string" && !isUnknown(key)) as string[];
  return { value: Object.fromEntries(known.map((key) => [key, {}])), findings };
}

function readVariants(type: ArmVariants, value: unknown, place: Place): Reading {
  if (!isObject(value)) return wrong(value, place.path, "an object");
  const name = lowerCamel(type.discriminator);
  const path = join(place.path, name);
  const which = unwrapped(value[name]);
  const values = [...type.variants.keys()];
  if (!Object.hasOwn(value, name)) {
    return { value, findings: [{ check: "discriminator", path, reason: "is missing", fix: oneOf(values) }] };
  }
  if (isUnknown(which)) return { value, findings: [] };
  const variant = typeof which === "string" ? type.variants.get(which) : undefined;
  if (!variant) {
    const reason = `is ${JSON.stringify(which)}, which Azure does not know`;
    return { value, findings: [{ check: "discriminator", path, reason, fix: oneOf(values) }] };
  }
  return readObject(chosen(type, variant()), value, place.path, true, false);
}

function wrong(value: unknown, path: string, wanted: string): Reading {
  const reason = `is ${JSON.stringify(value)}; Azure wants ${wanted}`;
  return { value, findings: [{ check: "wrong-type", path, reason }] };
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? `write ${values[0]}` : `write one of ${values.join(", ")}`;
}

function place(body: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first = "", ...rest] = path;
  if (rest.length === 0) {
    body[first] = value;
    return;
  }
  body[first] ??= {};
  place(body[first] as Record<string, unknown>, rest, value);
}

function join(path: string, name: string): string {
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : `[${JSON.stringify(name)}]`;
  return path === "" || key.startsWith("[") ? `${path}${key}` : `${path}.${key}`;
}
