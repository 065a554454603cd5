import { createHash } from "node:crypto";

/** What one run of a command has to say, for {@link sarifLog}. */
export interface SarifRun {
  /** The command. */
  readonly name: string;
  /** Its rules; results refer to them by position. */
  readonly rules: readonly {
    readonly id: string;
    readonly summary: string;
    readonly help: string;
    readonly level: SarifLevel;
  }[];
  /** Whether it could do what it was asked. */
  readonly successful: boolean;
  /** What a reader must know about the whole run. @default nothing */
  readonly warning?: string | undefined;
  readonly results: readonly object[];
}

/** How bad a result is. */
export type SarifLevel = "error" | "warning" | "note";

/** A run as SARIF 2.1.0, which code-scanning services show at the files. */
export function sarifLog({ name, rules, successful, warning, results }: SarifRun): string {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name,
            semanticVersion: "1.0.0",
            rules: rules.map(({ id, summary, help, level }) => ({
              id,
              shortDescription: { text: summary },
              help: { text: help },
              defaultConfiguration: { level },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: successful,
            toolExecutionNotifications:
              warning === undefined ? [] : [{ level: "warning", message: { text: wellFormed(warning) } }],
          },
        ],
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** What makes the same result in the next run the same alert, whatever else changes. */
export function fingerprint(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

/** A place in a file, and the object there if it has a name. */
export function sarifLocation(path: string, where: string): object {
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(path) }, region: { startLine: 1 } },
    ...(where === "" ? {} : { logicalLocations: [{ fullyQualifiedName: wellFormed(where) }] }),
  };
}

/** JSON can carry lone surrogates, but neither URIs nor what reads SARIF can. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\u{FFFD}");
}

function uriOf(path: string): string {
  return path
    .split("/")
    .map((segment) => encodeURIComponent(wellFormed(segment)))
    .join("/");
}
