import { table } from "../table";
import type { Arrival } from "./deliver";
import type { Phase } from "./phases";

/** What a run of the rig has measured. */
export interface LiveReport {
  readonly fleet: string;
  readonly commit: string;
  readonly arrivals: readonly Arrival[];
  /** Names of components that did not become Ready, as `cluster/component: why`. */
  readonly missing: readonly string[];
  readonly phases: readonly Phase[];
  /** MiB by process. */
  readonly memory: Readonly<Record<string, number>>;
  /** What was not the real thing. */
  readonly standIns: readonly string[];
  /** Seconds from the beginning to the end. */
  readonly seconds: number;
}

/** The report for a person; how it came up is left out where it was up before. */
export function readable(report: LiveReport, { brief = false }: { readonly brief?: boolean } = {}): string {
  const rows = report.arrivals.map(({ cluster, component, objects, seconds }) => [
    cluster,
    component,
    "Ready",
    String(objects.length),
    seconds.toFixed(1),
  ]);
  const total = Object.values(report.memory).reduce((sum, size) => sum + size, 0);
  return [
    table(
      [
        { heading: "CLUSTER" },
        { heading: "COMPONENT" },
        { heading: "STATE" },
        { heading: "OBJECTS", numeric: true },
        { heading: "SECONDS", numeric: true },
      ],
      rows,
    ),
    ...(report.missing.length > 0 ? ["", "Not Ready:", ...report.missing.map((line) => `  ${line}`)] : []),
    ...(brief ? [] : origin(report)),
    "",
    `${report.fleet} at ${report.commit.slice(0, 7)}: ${rows.length} Ready in ${report.seconds.toFixed(1)} s; ${inGibibytes(total)} of memory`,
  ].join("\n");
}

/** How long what took, and what stands in for what. */
function origin(report: LiveReport): readonly string[] {
  return [
    "",
    table(
      [
        { heading: "PHASE" },
        { heading: "FROM", numeric: true },
        { heading: "SECONDS", numeric: true },
        { heading: "MEMORY", numeric: true },
      ],
      report.phases.map(({ name, from, seconds, memory }) => [
        name,
        from.toFixed(1),
        seconds.toFixed(1),
        memory === undefined ? "" : inGibibytes(memory),
      ]),
    ),
    "",
    "Not the real thing here:",
    ...report.standIns.map((line) => `  ${line}`),
  ];
}

function inGibibytes(mebibytes: number): string {
  return `${(mebibytes / 1024).toFixed(1)} GiB`;
}
