/** A value as it travels between the engine and a provider. */
export type Value = null | boolean | number | string | readonly Value[] | Properties;

/** The inputs or outputs of a resource. */
export type Properties = { readonly [name: string]: Value };

/** What stands for a value that is known only after an update. Source: `unknownValue` in @pulumi/pulumi/runtime/rpc. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value is known only after an update. */
export function isUnknown(value: Value | undefined): boolean {
  return value === UNKNOWN;
}

/** Whether a value is an object, and neither a list nor null. */
export function isObject(value: Value | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a list. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The text of a value; empty when it is none. */
export function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

/** The object behind a value; empty when it is none. */
export function object(value: Value | undefined): Properties {
  return isObject(value) ? value : {};
}

/** The list behind a value; empty when it is none. */
export function list(value: Value | undefined): readonly Value[] {
  return isList(value) ? value : [];
}

/** A copy without nulls, which neither Azure nor the engine tells from what is missing. */
export function withoutNulls(properties: Properties): Properties {
  const clean = (value: Value): Value => {
    if (isList(value)) return value.map(clean);
    return isObject(value) ? withoutNulls(value) : value;
  };
  const kept = Object.entries(properties).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(kept.map(([name, value]) => [name, clean(value)]));
}

/** Every text inside a value. */
export function texts(value: Value): string[] {
  if (typeof value === "string") return [value];
  if (isList(value)) return value.flatMap(texts);
  return isObject(value) ? Object.values(value).flatMap(texts) : [];
}

/** Objects laid over each other: what `over` says wins, objects inside are merged. */
export function merge(base: Properties, over: Properties): Properties {
  const merged: Record<string, Value> = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const under = merged[name];
    merged[name] = isObject(under) && isObject(value) ? merge(under, value) : value;
  }
  return merged;
}

/** Outputs before an update: the inputs, and unknown whatever is not among them. */
export function preview(inputs: Properties, outputs: Properties): Properties {
  const known: Record<string, Value> = { ...inputs };
  for (const [name, value] of Object.entries(outputs)) {
    const input = inputs[name];
    if (input === undefined) known[name] = UNKNOWN;
    else if (isObject(input) && isObject(value)) known[name] = preview(input, value);
  }
  return known;
}
