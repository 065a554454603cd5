import { readObject } from "./body";
import { publishedTypes } from "./data";
import { declaredTypes } from "./declared";
import type { ArmObject, AzureResource, BodyProblem, Finding } from "./model";
import { readText } from "./scalar";
import { BESIDE_BODY, LOCATION_BY_PROVIDER } from "./special";
import { entryOf, isAzure, keyOf, type TokenEntry } from "./tokens";
import { isUnknown, unwrapped } from "./unknown";

/** A resource's body as azure-native would send it, and what Azure's types have against it. */
export interface CheckedBody {
  readonly body: Readonly<Record<string, unknown>>;
  readonly findings: readonly Finding[];
}

const SUFFIX = "0a1b2c3d";

/** Checks a resource against Azure's published types alone; none when it is not a resource of Azure. */
export function checkBody(resource: AzureResource): CheckedBody {
  if (!isAzure(resource.type)) return { body: {}, findings: [] };
  const entry = entryOf(resource.type);
  if (!entry) {
    return unchecked(
      `${resource.type} is not in the table of resource types`,
      "add it to TOKENS in infra/azure-types/token-table.ts and run npm run azure-types",
    );
  }
  const key = `${entry.type}@${entry.version}`;
  const type = publishedTypes().get(key.toLowerCase()) ?? declaredTypes().get(key.toLowerCase());
  if (type?.kind !== "object") {
    return unchecked(
      `${key} is not in the data of Azure's types`,
      "run npm run azure-types, which fetches every type of the table",
    );
  }
  const { [entry.name]: name, ...others } = resource.inputs;
  const outside = [...entry.address, ...(BESIDE_BODY[keyOf(resource.type)] ?? [])];
  const inputs = Object.fromEntries(Object.entries(others).filter(([input]) => !outside.includes(input)));
  const reading = readObject(bodyType(type), inputs, "", entry.nested, true);
  return {
    body: reading.value as Readonly<Record<string, unknown>>,
    findings: [...addressFindings(resource, entry), ...nameFindings(resource, entry, type, name), ...reading.findings],
  };
}

/** A finding with the resource it is about. */
export function problem(resource: AzureResource, finding: Finding): BodyProblem {
  return { resource: `${resource.type} ${resource.name}`, ...finding };
}

function unchecked(reason: string, fix: string): CheckedBody {
  return { body: {}, findings: [{ check: "no-type", path: "type", reason, fix }] };
}

const bodies = new WeakMap<ArmObject, ArmObject>();
const IDENTITY: ReadonlySet<string> = new Set(["id", "name", "type", "apiVersion"]);

// Name and type are in the address, not in the body. Where azure-native offers `name` beside its own parameter, it is the same text.
function bodyType(type: ArmObject): ArmObject {
  const known = bodies.get(type);
  if (known) return known;
  const properties = [...type.properties]
    .filter(([name]) => !IDENTITY.has(name))
    .map(([name, property]) =>
      name === "location"
        ? ([name, { ...property, required: !LOCATION_BY_PROVIDER }] as const)
        : ([name, property] as const),
    );
  const body = { ...type, properties: new Map(properties) };
  bodies.set(type, body);
  return body;
}

function addressFindings(resource: AzureResource, entry: TokenEntry): readonly Finding[] {
  return entry.address.flatMap((path): Finding[] => {
    const value = unwrapped(resource.inputs[path]);
    if (!Object.hasOwn(resource.inputs, path)) {
      return [{ check: "missing", path, reason: "is missing; it is part of the resource's address", fix: "set it" }];
    }
    if (isUnknown(value) || (typeof value === "string" && value !== "")) return [];
    return [{ check: "wrong-type", path, reason: `is ${JSON.stringify(value)}; Azure wants a text` }];
  });
}

function nameFindings(resource: AzureResource, entry: TokenEntry, type: ArmObject, given: unknown): readonly Finding[] {
  const named = Object.hasOwn(resource.inputs, entry.name);
  const value = unwrapped(given);
  if (named && isUnknown(value)) return [];
  if (named && typeof value !== "string") {
    return [{ check: "wrong-type", path: entry.name, reason: `is ${JSON.stringify(value)}; Azure wants a text` }];
  }
  const pattern = type.properties.get("name")?.type();
  if (pattern?.kind !== "string" || (!named && entry.naming !== "digits")) return [];
  const name = named ? String(value) : resource.name + SUFFIX;
  return readText(pattern, name, entry.name).map((finding) => ({
    ...finding,
    check: "name",
    fix: named ? "choose another name" : `set ${entry.name}: without it azure-native names it like ${name}`,
  }));
}
