import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ErrorObject, ValidateFunction } from "ajv";
import type { SchemaFinding, SchemaResult } from "../kubeconform";
import { missingField, unknownField } from "../kubeconform/messages";
import { fieldOfPointer } from "../kubeconform/types";
import { type Manifest, refOf } from "./tree";
import { isJson, type ObjectRef } from "./types";

/**
 * Checks manifests in this process, by the schemas kubeconform would use and to the same verdicts; for where kubeconform cannot be
 * had. The library is loaded only then.
 */
export async function checkInProcess(manifests: readonly Manifest[], schemas: string): Promise<SchemaResult> {
  const schemaFor = await schemaReader(schemas);
  const findings: SchemaFinding[] = [];
  const judged = new Set<string>();
  let objects = 0;
  for (const { file, documents, error } of manifests) {
    if (error !== undefined) findings.push({ file, problem: "unreadable", path: "", message: error });
    if (error !== undefined) judged.add(file);
    for (const document of documents) {
      if (document === null || document === undefined) continue;
      objects += 1;
      judged.add(file);
      findings.push(...check(file, document, schemaFor));
    }
  }
  return { findings, judged, objects };
}

type SchemaFor = (object: ObjectRef) => ValidateFunction | undefined;

function check(file: string, document: unknown, schemaFor: SchemaFor): readonly SchemaFinding[] {
  const object = refOf(document);
  const finding = (rest: Pick<SchemaFinding, "problem" | "path" | "message">): SchemaFinding => ({
    file,
    ...(object ? { object } : {}),
    ...rest,
  });
  if (!isJson(document)) return [finding({ problem: "unreadable", path: "", message: "it is no mapping" })];
  for (const key of ["kind", "apiVersion"]) {
    if (typeof document[key] === "string") continue;
    return [finding({ problem: "unreadable", path: "", message: `missing '${key}' key` })];
  }
  const ref = object ?? { apiVersion: "", kind: "", name: "" };
  const validate = schemaFor(ref);
  if (!validate) {
    return [finding({ problem: "unknown-kind", path: "", message: `no schema for ${ref.kind} of ${ref.apiVersion}` })];
  }
  if (validate(document)) return [];
  return violations(validate.errors ?? []).map(([path, message]) => finding({ problem: "invalid", path, message }));
}

async function schemaReader(schemas: string): Promise<SchemaFor> {
  const { Ajv } = await import("ajv");
  // Own properties only, or a field called `constructor` would always be there.
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateFormats: false,
    ownProperties: true,
    verbose: true,
    logger: false,
  });
  const known = new Map<string, ValidateFunction | undefined>();
  return ({ apiVersion, kind }) => {
    const key = JSON.stringify([apiVersion, kind]);
    if (!known.has(key)) {
      const path = schemaPath(schemas, apiVersion, kind);
      known.set(key, path === undefined ? undefined : ajv.compile(JSON.parse(readFileSync(path, "utf8"))));
    }
    return known.get(key);
  };
}

function schemaPath(schemas: string, apiVersion: string, kind: string): string | undefined {
  const parts = apiVersion.split("/");
  const [group, version] = parts.length === 1 ? ["core", parts[0]] : parts;
  const isName = (text: string | undefined) =>
    text !== undefined && /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text);
  if (parts.length > 2 || apiVersion.startsWith("core/") || !isName(group) || !isName(version) || !isName(kind))
    return undefined;
  const path = join(schemas, group ?? "", `${kind.toLowerCase()}_${version}.json`);
  return existsSync(path) ? path : undefined;
}

/** Errors in kubeconform's words. What is wrong in each alternative of a failed anyOf or oneOf is noise beside the fact itself. */
function violations(errors: readonly ErrorObject[]): readonly (readonly [path: string, message: string])[] {
  const failed = errors.filter(({ keyword }) => ["anyOf", "oneOf", "not"].includes(keyword));
  const isInside = (error: ErrorObject) =>
    failed.some((junctor) => error !== junctor && error.schemaPath.startsWith(`${junctor.schemaPath}/`));
  return errors
    .filter((error) => !isInside(error))
    .map((error) => [fieldOfPointer(error.instancePath), wording(error)]);
}

function wording({ keyword, params, message, data }: ErrorObject): string {
  const parameter = (name: string): unknown => (isJson(params) ? params[name] : undefined);
  switch (keyword) {
    case "additionalProperties":
      return unknownField(String(parameter("additionalProperty")));
    case "required":
      return missingField(String(parameter("missingProperty")));
    case "type":
      return `got ${typeOf(data)}, want ${wantedTypes(parameter("type"))}`;
    case "enum":
      return `value must be one of ${[parameter("allowedValues")].flat().map(quoted).join(", ")}`;
    case "const":
      return `value must be ${quoted(parameter("allowedValue"))}`;
    default:
      return message ?? keyword;
  }
}

const TYPES = ["null", "boolean", "number", "integer", "string", "array", "object"];

function wantedTypes(types: unknown): string {
  return TYPES.filter((type) => [types].flat().includes(type)).join(" or ");
}

function quoted(value: unknown): string {
  return typeof value === "string" ? `'${value}'` : JSON.stringify(value);
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
