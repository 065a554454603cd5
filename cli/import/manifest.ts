import { apiVersionOf, type KindSchema, type Schema } from "./schema";

/** What a manifest of some kind is made of, before the members all kinds share. */
export interface ManifestParts extends Omit<KindSchema, "schema"> {
  /** Strict schema of the object as its source has it. */
  readonly body: Schema;
  /** Strict schema of the metadata a manifest may carry. */
  readonly metadata: Schema;
  readonly definitions?: Record<string, Schema>;
}

/**
 * A kind with the strict schema of a whole manifest: fixed `apiVersion` and `kind`, a name, and no `status`, which only controllers write.
 * `spec` is required also where the source forgets to say so although a part of it is.
 */
export function manifestSchema(parts: ManifestParts): KindSchema {
  const { group, version, kind, scope, body } = parts;
  const { apiVersion: _apiVersion, kind: _kind, metadata: _metadata, status: _status, ...own } = body.properties ?? {};
  const schema: Schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    ...body,
    properties: {
      apiVersion: { const: apiVersionOf(parts) },
      kind: { const: kind },
      metadata: metadataOf(parts),
      ...own,
    },
    required: requiredOf(body, own, parts.definitions ?? {}),
    additionalProperties: false,
    ...(parts.definitions ? { definitions: parts.definitions } : {}),
  };
  return { group, version, kind, scope, schema };
}

// A cluster-scoped object has no namespace; cdk8s writes a chart's namespace on every object, so that this must be caught.
function metadataOf({ metadata, scope }: ManifestParts): Schema {
  const { namespace, ...others } = metadata.properties ?? {};
  const properties = scope === "Namespaced" && namespace ? { ...others, namespace } : others;
  return { ...metadata, properties, required: ["name"] };
}

function requiredOf(body: Schema, own: Record<string, Schema>, definitions: Record<string, Schema>): string[] {
  const required = new Set(["apiVersion", "kind", "metadata", ...(body.required ?? []).filter((name) => name in own)]);
  const spec = own["spec"];
  const target = spec?.$ref ? definitions[spec.$ref.replace("#/definitions/", "")] : spec;
  if (target?.required?.length) required.add("spec");
  return [...required];
}
