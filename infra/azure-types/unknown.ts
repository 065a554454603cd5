/** What the engine sends for a value that is not known before an update. Source: pulumi/pulumi, sdk/go/common/resource/plugin/rpc.go. */
const UNKNOWN_TEXTS: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

// Source: pulumi/pulumi, sdk/nodejs/runtime/rpc.ts: specialSigKey, specialSecretSig and specialOutputValueSig.
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT_VALUE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Whether a value is not known yet: `undefined`, what the engine sends instead, or an output of the SDK. */
export function isUnknown(value: unknown): boolean {
  if (value === undefined || UNKNOWN_TEXTS.has(value)) return true;
  if (typeof value !== "object" && typeof value !== "function") return false;
  if (value === null) return false;
  return "__pulumiOutput" in value || "__pulumiUnknown" in value;
}

/** A value without the envelope in which the engine sends secrets and outputs; an output without value becomes `undefined`. */
export function unwrapped(value: unknown): unknown {
  if (!isObject(value)) return value;
  const signature = value[SIGNATURE];
  return signature === SECRET || signature === OUTPUT_VALUE ? unwrapped(value["value"]) : value;
}

/** Whether a value is an object, and neither a list nor null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
