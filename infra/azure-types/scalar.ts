import type { ArmEnum, ArmInteger, ArmString, ArmType, Finding } from "./model";
import { nearest } from "./names";
import { FRACTIONS, MORE_VALUES } from "./special";

type Scalar = Extract<ArmType, { kind: "boolean" | "integer" | "string" | "enum" }>;

/** What is wrong with a known value that is neither an object nor a list. */
export function readScalar(
  type: Scalar,
  value: unknown,
  { path, slot }: { readonly path: string; readonly slot: string },
): readonly Finding[] {
  switch (type.kind) {
    case "boolean":
      return typeof value === "boolean" ? [] : [wrong(value, path, "true or false")];
    case "integer":
      return typeof value === "number" ? readNumber(type, value, path, slot) : [wrong(value, path, "a number")];
    case "string":
      return typeof value === "string" ? readText(type, value, path) : [wrong(value, path, "a text")];
    case "enum":
      return typeof value === "string" ? readEnum(type, value, path, slot) : [wrong(value, path, "a text")];
  }
}

/** What is wrong with a text. */
export function readText(type: ArmString, value: string, path: string): readonly Finding[] {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = type;
  const found: Finding[] = [];
  if (value.length < minLength || value.length > maxLength) {
    const most = maxLength === Number.POSITIVE_INFINITY ? "or more" : `to ${maxLength}`;
    const reason = `is ${JSON.stringify(value)} with ${value.length} characters; Azure takes ${minLength} ${most}`;
    found.push({ check: "length", path, reason });
  }
  if (pattern !== undefined && !new RegExp(pattern).test(value)) {
    found.push({ check: "pattern", path, reason: `is ${JSON.stringify(value)}; Azure takes what matches ${pattern}` });
  }
  return found;
}

function readNumber(type: ArmInteger, value: number, path: string, slot: string): readonly Finding[] {
  if (!Number.isInteger(value) && !FRACTIONS.has(slot)) return [wrong(value, path, "a whole number")];
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = type;
  if (value >= min && value <= max) return [];
  return [{ check: "range", path, reason: `is ${value}; Azure takes ${min} to ${max}` }];
}

function readEnum(type: ArmEnum, value: string, path: string, slot: string): readonly Finding[] {
  const more = MORE_VALUES[slot];
  const values = [...type.values, ...(more?.values ?? [])];
  if (values.includes(value) || more?.pattern?.test(value)) return [];
  const meant = nearest(value, values);
  const fix = meant ? `write ${meant}` : `write one of ${values.join(", ")}`;
  return [{ check: "enum", path, reason: `is ${JSON.stringify(value)}, which Azure has not published`, fix }];
}

function wrong(value: unknown, path: string, wanted: string): Finding {
  return { check: "wrong-type", path, reason: `is ${JSON.stringify(value)}; Azure wants ${wanted}` };
}
