import { type Converted, convertCrds, wantedKinds } from "./crd";
import type { Fetched } from "./fetch";
import { convertOpenApi, metadataSchema } from "./openapi";
import { type ImportedSource, type Origins, originsOf, originsText } from "./origins";
import { schemaFileOf, typeFileOf } from "./paths";
import { readmeText } from "./readme";
import { type KindSchema, mapChildren, type Schema } from "./schema";
import { typesOf } from "./types";

/** Every file to be written below `imports/`, by path, or every problem. */
export interface Generated {
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

/** Turns the fetched sources into types, schemas and the lists of origins. Same input, same bytes. */
export async function generate(fetched: readonly Fetched[], previous?: Origins): Promise<Generated> {
  const imported = importedSources(fetched);
  const origins = originsOf(imported);
  const problems = [
    ...imported.flatMap((source) => source.converted.problems),
    ...duplicates(imported.flatMap((source) => source.converted.kinds)),
    ...changedChecksums(origins, previous),
  ];
  if (problems.length > 0) return { files: new Map(), problems };

  const files = new Map<string, string>();
  for (const [path, sources] of typeFiles(imported)) {
    const kinds = sources.flatMap((source) =>
      source.converted.kinds.filter((kind) => typeFileOf(source.fetched.source, kind) === path),
    );
    files.set(path, await typesOf(kinds, headerOf(sources)));
  }
  for (const kind of imported.flatMap((source) => source.converted.kinds)) {
    files.set(schemaFileOf(kind), `${JSON.stringify(withoutDescriptions(kind.schema), null, 1)}\n`);
  }
  files.set("origins.json", originsText(origins));
  files.set("README.md", readmeText(origins));
  return { files, problems };
}

function importedSources(fetched: readonly Fetched[]): ImportedSource[] {
  const openApi = fetched.find((item) => item.source.from === "openapi");
  const name = openApi?.source.from === "openapi" ? openApi.source.path : "";
  const text = openApi?.files[0]?.text;
  const { document, problem } = text === undefined ? { document: undefined, problem: undefined } : parse(name, text);
  const metadata = metadataSchema(document);
  return fetched.map((item) => {
    const { source } = item;
    if (source.from === "openapi") {
      const converted = convertOpenApi(
        `${source.module}@${source.version}/${name}`,
        document,
        wantedKinds(source.kinds),
      );
      return { fetched: item, converted: problem === undefined ? converted : { ...converted, problems: [problem] } };
    }
    const parts = source.files.map((file): Converted => {
      const found = item.files.find((candidate) => candidate.path === file.path);
      if (!found) return { kinds: [], omissions: [], problems: [] };
      const where = source.from === "folder" ? `imports/${source.folder}` : `${source.module}@${source.version}`;
      const renameGroups = source.from === "go-module" ? source.renameGroups : undefined;
      return convertCrds(
        { name: `${where}/${file.path}`, text: found.text },
        wantedKinds(file.kinds),
        metadata,
        renameGroups,
      );
    });
    const converted = {
      kinds: parts.flatMap((part) => part.kinds),
      omissions: parts.flatMap((part) => part.omissions),
      problems: parts.flatMap((part) => part.problems),
    };
    return { fetched: item, converted };
  });
}

function parse(name: string, text: string): { document: unknown; problem?: string } {
  try {
    return { document: JSON.parse(text) as unknown };
  } catch (error) {
    return { document: undefined, problem: `${name}: not readable as JSON: ${String(error)}` };
  }
}

function duplicates(kinds: readonly KindSchema[]): string[] {
  const paths = kinds.map(schemaFileOf);
  const twice = paths.filter((path, index) => paths.indexOf(path) !== index);
  return [...new Set(twice)].map((path) => `imports/sources.ts: two sources give imports/${path}; keep one`);
}

// The same version with other content is either a mistake or an attack.
function changedChecksums(origins: Origins, previous: Origins | undefined): string[] {
  return origins.sources.flatMap((source) => {
    const before = previous?.sources.find((old) => old.origin === source.origin && old.version === source.version);
    if (before?.checksum === undefined || before.checksum === source.checksum) return [];
    return [
      `${source.origin}@${source.version}: its checksum was ${before.checksum} and is now ${source.checksum ?? "missing"}` +
        "\n  fix: find out why; to accept it, remove the old checksum from imports/origins.json",
    ];
  });
}

function typeFiles(imported: readonly ImportedSource[]): Map<string, ImportedSource[]> {
  const files = new Map<string, ImportedSource[]>();
  for (const source of imported) {
    for (const path of new Set(source.converted.kinds.map((kind) => typeFileOf(source.fetched.source, kind)))) {
      files.set(path, [...(files.get(path) ?? []), source]);
    }
  }
  return files;
}

function headerOf(sources: readonly ImportedSource[]): string {
  const origins = originsOf(sources).sources.map(
    (source) => `// Origin: ${source.origin} ${source.version} (${source.licence}).`,
  );
  return `${["// Generated by `npm run import`; do not edit.", ...origins].join("\n")}\n`;
}

function withoutDescriptions(schema: Schema): Schema {
  const { description: _description, ...rest } = schema;
  return mapChildren(rest, withoutDescriptions);
}
