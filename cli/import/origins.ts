import type { Converted } from "./crd";
import type { Fetched } from "./fetch";
import { schemaFileOf, typeFileOf } from "./paths";
import { apiVersionOf, isJson, type Omission } from "./schema";

/** A fetched source and what became of it. */
export interface ImportedSource {
  readonly fetched: Fetched;
  readonly converted: Converted;
}

/** The record of where everything in `imports/` came from. */
export interface Origins {
  readonly sources: readonly Origin[];
}

/** One source as recorded. */
export interface Origin {
  readonly title: string;
  /** Go module, or folder below the project. */
  readonly origin: string;
  readonly version: string;
  /** Go's own sum of the whole module; none for a folder. */
  readonly checksum?: string;
  readonly licence: string;
  readonly note?: string;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  readonly kinds: readonly OriginKind[];
  /** Rules of the source that the schemas leave out. */
  readonly omissions: readonly Omission[];
}

/** One kind as recorded, with the files made from it. */
export interface OriginKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly scope: "Namespaced" | "Cluster";
  readonly types: string;
  readonly schema: string;
}

/** The record of these sources. */
export function originsOf(sources: readonly ImportedSource[]): Origins {
  return {
    sources: sources.map((imported) => {
      const { source, checksum, files } = imported.fetched;
      return {
        title: source.title,
        origin: source.from === "folder" ? `imports/${source.folder}` : source.module,
        version: source.version,
        ...(checksum === undefined ? {} : { checksum }),
        licence: source.licence,
        ...(source.note === undefined ? {} : { note: source.note }),
        files: files.map(({ path, sha256 }) => ({ path, sha256 })),
        kinds: imported.converted.kinds.map((kind) => ({
          apiVersion: apiVersionOf(kind),
          kind: kind.kind,
          scope: kind.scope,
          types: typeFileOf(source, kind),
          schema: schemaFileOf(kind),
        })),
        omissions: imported.converted.omissions,
      };
    }),
  };
}

/** The record as it is written to `imports/origins.json`. */
export function originsText(origins: Origins): string {
  return `${JSON.stringify(origins, null, 2)}\n`;
}

/** Reads a record back; nothing where it is missing or no record. */
export function parseOrigins(text: string | undefined): Origins | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    if (!isJson(value) || !Array.isArray(value["sources"])) return undefined;
    return { sources: value["sources"].filter((source): source is Origin => isJson(source)) };
  } catch {
    return undefined;
  }
}
