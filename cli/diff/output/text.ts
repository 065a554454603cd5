import { type Change, type DiffResult, type Finding, SEVERITIES, type Severity } from "../model";
import { type Line, linesOf } from "./lines";
import { count, plain } from "./plain";
import { changeName, clustersText, countsText, SIGNS, sideName, subjectOf, verdictText } from "./words";
import { wrapped } from "./wrap";

/** How much of a result a terminal shows; the JSON has all of it. */
const MOST = { changes: 100, findings: 100, fields: 8, clusters: 20 };
const WIDTH = 80;

type Colour = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";
type Paint = (colour: Colour, text: string) => string;
const CODES: Readonly<Record<Colour, string>> = {
  bold: "1",
  dim: "2",
  red: "31",
  green: "32",
  yellow: "33",
  cyan: "36",
};
const SHADES: Readonly<Record<Severity, Colour>> = { danger: "red", warning: "yellow", notice: "cyan", info: "dim" };

/** A result for a terminal: what is dangerous, what becomes of which object, what follows from it, and the verdict. */
export function textOf(result: DiffResult, colour = false): string {
  const paint: Paint = (name, text) => (colour ? `\u001b[${CODES[name]}m${text}\u001b[0m` : text);
  const parts = [
    ...SEVERITIES.filter((severity) => severity !== "info").flatMap((severity) => findingsOf(result, severity, paint)),
    changesOf(result, paint),
    othersOf(result, paint),
    clustersOf(result, paint),
    ending(result, paint),
  ];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n")}\n`;
}

function findingsOf(
  { findings, summary }: DiffResult,
  severity: Severity,
  paint: Paint,
): readonly (readonly string[])[] {
  const all = findings.filter((finding) => finding.severity === severity);
  if (all.length === 0) return [];
  const shown = all.slice(0, MOST.findings);
  const heading = paint("bold", paint(SHADES[severity], `${severity.toUpperCase()} (${all.length})`));
  const lines = shown.flatMap((finding) => findingLines(finding, summary.allClusters, paint));
  return [[heading, ...lines, ...more(all.length, shown.length)]];
}

function findingLines(finding: Finding, all: number, paint: Paint): readonly string[] {
  const { rule, severity, message, clusters, waiver } = finding;
  const head = [subjectOf(finding), onClusters(clusters, all)].filter((part) => part !== "").join(" ");
  const mark = severity === "danger" ? (waiver ? "✓" : "✗") : "•";
  return [
    ...wrapped(head, WIDTH, `  ${mark} `, "    ").map((line, index) => (index === 0 ? paint("bold", line) : line)),
    ...wrapped(`${plain(message)} [${rule}]`, WIDTH, "    "),
    ...(waiver
      ? wrapped(`approved until ${waiver.expires} (ask ${plain(waiver.ask)}): ${plain(waiver.reason)}`, WIDTH, "    ")
      : []),
  ];
}

function changesOf({ changes, summary }: DiffResult, paint: Paint): readonly string[] {
  if (changes.length === 0) return [];
  const shown = changes.slice(0, MOST.changes);
  const lines = shown.flatMap((change) => changeLines(change, summary.allClusters, paint));
  return [paint("bold", `CHANGES (${countsText(summary.objects)})`), ...lines, ...more(changes.length, shown.length)];
}

function changeLines(change: Change, all: number, paint: Paint): readonly string[] {
  const { status, severity, clusters, component, effects, fields } = change;
  const head = `${changeName(change)} in ${plain(component)} ${onClusters(clusters, all)}`;
  const isWhole = status === "added" || status === "removed";
  const shown = isWhole ? [] : fields.slice(0, MOST.fields);
  return [
    ...wrapped(head, WIDTH, `  ${SIGNS[status]} `, "    ").map((line) => paint(SHADES[severity], line)),
    ...effects.flatMap(({ text }) => wrapped(plain(text), WIDTH, "    → ", "      ")),
    ...shown.flatMap((field) => linesOf(field, { width: WIDTH - 8, lines: 6 }).map((line) => painted(line, paint))),
    ...(isWhole || fields.length <= shown.length
      ? []
      : [`      … and ${count(fields.length - shown.length, "field")} more`]),
  ];
}

function onClusters(clusters: readonly string[], all: number): string {
  return clusters.length === 0 ? "" : `on ${clustersText(clusters, all)}`;
}

function painted({ sign, text }: Line, paint: Paint): string {
  const line = `      ${sign} ${text}`;
  return sign === "-" ? paint("red", line) : sign === "+" ? paint("green", line) : line;
}

function othersOf({ versions, images, variables, infra, summary }: DiffResult, paint: Paint): readonly string[] {
  const arrow = (before?: string, after?: string) => `${plain(before ?? "nothing")} → ${plain(after ?? "nothing")}`;
  const rows = [
    ...versions.map(
      ({ what, name, before, after, step, clusters }) =>
        `${what} ${plain(name)}: ${arrow(before, after)} (${step}) ${onClusters(clusters, summary.allClusters)}`,
    ),
    ...images.map(
      ({ object, container, before, after, clusters }) =>
        `image of ${plain(`${object.name}/${container}`)}: ${arrow(before, after)} ${onClusters(clusters, summary.allClusters)}`,
    ),
    ...variables.map(
      ({ name, status, clusters }) => `variable ${plain(name)}: ${status} ${onClusters(clusters, summary.allClusters)}`,
    ),
    ...infra.map(({ type, name, status }) => `Azure ${plain(type)} ${plain(name)}: ${status}`),
  ];
  if (rows.length === 0) return [];
  const shown = rows.slice(0, MOST.changes);
  return [
    paint("bold", "VERSIONS, IMAGES, VARIABLES, AZURE"),
    ...shown.flatMap((row) => wrapped(row, WIDTH, "  ", "    ")),
    ...more(rows.length, shown.length),
  ];
}

function clustersOf({ clusters }: DiffResult, paint: Paint): readonly string[] {
  if (clusters.length === 0) return [];
  const shown = clusters.slice(0, MOST.clusters);
  const lines = shown.flatMap(({ cluster, status, objects, kustomizations, workloads }) => {
    const changed = kustomizations.filter(({ state }) => state === "changed").map(({ name }) => plain(name));
    const waiting = kustomizations.filter(({ state }) => state === "waits").map(({ name }) => plain(name));
    const touched = workloads.map(({ object, replicas }) =>
      plain(`${object.name}${replicas === undefined ? "" : ` (${replicas})`}`),
    );
    const row = (what: string, names: readonly string[]) =>
      names.length === 0 ? [] : wrapped(`${what}: ${names.join(", ")}`, WIDTH, "      ", "        ");
    return [
      ...wrapped(`${plain(cluster)}${status === "changed" ? "" : ` (${status})`}: ${countsText(objects)}`, WIDTH, "  "),
      ...row("reconciled", changed),
      ...row("wait on them", waiting),
      ...row("workloads", touched),
    ];
  });
  return [paint("bold", "CLUSTERS"), ...lines, ...more(clusters.length, shown.length)];
}

function ending(result: DiffResult, paint: Paint): readonly string[] {
  const { from, to, summary } = result;
  const text = verdictText(result);
  const colour = summary.verdict === "danger" ? "red" : summary.verdict === "warning" ? "yellow" : "green";
  const looked = `${count(summary.objects.all, "object")} on ${count(summary.clusters, "cluster")} differ${summary.objects.all === 1 ? "s" : ""}, ${count(summary.changes, "change")} after folding`;
  return [
    ...wrapped(sideName(from), WIDTH, "from ", "     "),
    ...wrapped(sideName(to), WIDTH, "to   ", "     "),
    ...(summary.sameButText > 0 ? [`${count(summary.sameButText, "file")} differ in form only`] : []),
    ...(summary.verdict === "clean" ? [] : [looked]),
    ...wrapped(`${summary.exitCode === 0 ? "✓" : "✗"} ${text}`, WIDTH, "").map((line) => paint(colour, line)),
  ];
}

function more(all: number, shown: number): readonly string[] {
  return all > shown ? [`  … and ${all - shown} more; --format json lists all`] : [];
}
