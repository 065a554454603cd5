import { specialSecretSig, specialSigKey, unknownValue } from "@pulumi/pulumi/runtime/rpc";

/** A value in the engine's wire form, secrets unwrapped. */
export interface Decoded {
  readonly value: unknown;
  /** Paths, from the decoded value, of what was secret. */
  readonly secrets: readonly string[];
}

/** Decodes a property map in the engine's wire form. What is not known yet becomes `undefined`. */
export function decode(wire: Readonly<Record<string, unknown>>): {
  value: Record<string, unknown>;
  secrets: readonly string[];
} {
  const secrets: string[] = [];
  const value: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(wire)) value[key] = decodeValue(item, key, secrets);
  return { value, secrets };
}

function decodeValue(wire: unknown, path: string, secrets: string[]): unknown {
  if (wire === unknownValue) return undefined;
  if (Array.isArray(wire)) return wire.map((item, index) => decodeValue(item, `${path}[${index}]`, secrets));
  if (typeof wire !== "object" || wire === null) return wire;
  const map = wire as Record<string, unknown>;
  if (map[specialSigKey] === specialSecretSig) {
    secrets.push(path);
    return decodeValue(map["value"], path, []);
  }
  return Object.fromEntries(
    Object.entries(map).map(([key, item]) => [key, decodeValue(item, `${path}.${key}`, secrets)]),
  );
}
