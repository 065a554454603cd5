import { type Change, type DiffResult, type Finding, SEVERITIES, type Severity } from "../model";
import { code, html, prose } from "./escape";
import { type Line, linesOf } from "./lines";
import { count } from "./plain";
import { changeName, clustersText, countsText, sideName, subjectOf, verdictText } from "./words";

/** The most that GitHub takes in a comment, in characters; bytes are never fewer, and are what is counted here. */
export const COMMENT_LIMIT = 65_536;
/** Left for the pointer at the end. */
const SPARE = 600;
const ICONS: Readonly<Record<Severity, string>> = { danger: "🛑", warning: "⚠️", notice: "🔎", info: "ℹ️" };

/** Where the whole report is, for whoever reads a cut one. */
export interface MarkdownOptions {
  /** @default the command that makes it */
  readonly fullReport?: string;
}

/** A result as a comment that always fits: the summary first, then the most dangerous, then as much as there is room for. */
export function markdownOf(result: DiffResult, { fullReport }: MarkdownOptions = {}): string {
  const kept = summaryOf(result);
  let room = COMMENT_LIMIT - SPARE - Buffer.byteLength(kept.join("\n"));
  let left = entriesOf(result);
  for (const block of blocksOf(result)) {
    room -= Buffer.byteLength(block) + 1;
    if (room < 0) break;
    left -= 1;
    kept.push(block);
  }
  if (left > 0) kept.push(pointer(left, fullReport));
  return `${kept.join("\n")}\n`;
}

function pointer(left: number, fullReport: string | undefined): string {
  const report =
    fullReport === undefined
      ? "`npm run diff -- --format html --output diff.html` writes the whole report"
      : prose(fullReport.slice(0, 200));
  return `\n> … and ${left} more ${left === 1 ? "entry" : "entries"} that this comment has no room for. ${report}.`;
}

function* blocksOf(result: DiffResult): Generator<string> {
  yield* findingBlocks(result);
  yield* otherBlocks(result);
  yield* clusterBlocks(result);
  yield* changeBlocks(result);
}

function entriesOf({ summary, findings, versions, images, variables, infra, clusters, changes }: DiffResult): number {
  const others = versions.length + images.length + variables.length + infra.length;
  return findings.length - summary.findings.info + others + clusters.length + changes.length;
}

function summaryOf(result: DiffResult): string[] {
  const { from, to, summary } = result;
  const icon = summary.verdict === "clean" ? "✅" : ICONS[summary.verdict];
  const totals = SEVERITIES.filter((severity) => summary.findings[severity] > 0).map(
    (severity) => `${ICONS[severity]} ${summary.findings[severity]} ${severity}`,
  );
  return [
    `### ${icon} ${prose(verdictText(result))}`,
    "",
    `${count(summary.objects.all, "object")} on ${summary.clusters} of ${count(summary.allClusters, "cluster")}: ${countsText(summary.objects)}${summary.pods > 0 ? `; at least ${count(summary.pods, "pod")} replaced` : ""}.`,
    ...(totals.length > 0 ? ["", totals.join(" · ")] : []),
    "",
    `<sub>from ${code(sideName(from))} to ${code(sideName(to))}</sub>`,
  ];
}

/** Each finding is a block of its own, so that what does not fit is cut between two. */
function* findingBlocks({ findings, summary }: DiffResult): Generator<string> {
  for (const severity of SEVERITIES) {
    if (severity === "info") continue;
    let heading = `\n#### ${ICONS[severity]} ${severity[0]?.toUpperCase()}${severity.slice(1)}\n\n`;
    for (const finding of findings) {
      if (finding.severity !== severity) continue;
      yield `${heading}${findingLine(finding, summary.allClusters)}`;
      heading = "";
    }
  }
}

function findingLine(finding: Finding, all: number): string {
  const { rule, message, clusters, waiver } = finding;
  const subject = subjectOf(finding);
  const where = clusters.length > 0 ? ` on ${prose(clustersText(clusters, all))}` : "";
  const approved = waiver
    ? ` — approved until ${prose(waiver.expires)}, ask ${prose(waiver.ask)}: ${prose(waiver.reason)}`
    : "";
  return `- ${`${subject === "" ? "" : code(subject)}${where}`.trim()}: ${prose(message)} <sub>[${code(rule)}]</sub>${approved}`;
}

function otherBlocks({ versions, images, variables, infra, summary }: DiffResult): readonly string[] {
  const arrow = (before?: string, after?: string) => `${code(before ?? "nothing")} → ${code(after ?? "nothing")}`;
  const on = (clusters: readonly string[]) => ` on ${prose(clustersText(clusters, summary.allClusters))}`;
  const rows = [
    ...versions.map(
      ({ what, name, before, after, step, clusters }) =>
        `- ${what} ${code(name)}: ${arrow(before, after)} (${step})${on(clusters)}`,
    ),
    ...images.map(
      ({ object, container, before, after, clusters }) =>
        `- image of ${code(`${object.name}/${container}`)}: ${arrow(before, after)}${on(clusters)}`,
    ),
    ...variables.map(({ name, status, clusters }) => `- variable ${code(name)}: ${status}${on(clusters)}`),
    ...infra.map(({ type, name, status }) => `- Azure ${code(`${type} ${name}`)}: ${status}`),
  ];
  return rows.map((row, index) => `${index === 0 ? "\n#### Versions, images, variables, Azure\n\n" : ""}${row}`);
}

function* clusterBlocks({ clusters }: DiffResult): Generator<string> {
  let heading = "\n#### What follows\n\n";
  for (const { cluster, status, objects, kustomizations, workloads } of clusters) {
    const names = (state: string) => kustomizations.filter((one) => one.state === state).map(({ name }) => code(name));
    const touched = workloads.map(({ object, replicas }) =>
      code(`${object.name}${replicas === undefined ? "" : ` (${replicas})`}`),
    );
    const parts = [
      `${code(cluster)}${status === "changed" ? "" : ` (${status})`}: ${countsText(objects)}`,
      ...some("reconciled:", names("changed")),
      ...some("waiting on them:", names("waits")),
      ...some("workloads:", touched),
    ];
    yield `${heading}- ${parts.join("; ")}`;
    heading = "";
  }
}

function some(what: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const more = names.length > 12 ? ` and ${names.length - 12} more` : "";
  return [`${what} ${names.slice(0, 12).join(", ")}${more}`];
}

function* changeBlocks({ changes, summary }: DiffResult): Generator<string> {
  let heading = "\n#### Changes\n\n";
  for (const change of changes) {
    yield `${heading}${changeBlock(change, summary.allClusters)}`;
    heading = "";
  }
}

const MOST_FIELDS = 30;

function changeBlock(change: Change, all: number): string {
  const { status, component, clusters, effects, fields, severity } = change;
  const title = `${severity === "info" ? "" : `${ICONS[severity]} `}${status} <code>${html(changeName(change))}</code> in <code>${html(component)}</code> on <code>${html(clustersText(clusters, all))}</code>`;
  const shown = fields.slice(0, MOST_FIELDS).flatMap((field) => linesOf(field, { width: 300, lines: 30 }));
  const rest =
    fields.length > MOST_FIELDS
      ? [{ sign: " ", text: `… and ${fields.length - MOST_FIELDS} fields more` } as const]
      : [];
  const said = effects.map(({ text }) => prose(text)).join("; ");
  return `<details><summary>${title}</summary>\n\n${said}\n\n${fence([...shown, ...rest])}\n\n</details>`;
}

function fence(lines: readonly Line[]): string {
  const text = lines.map(({ sign, text: line }) => `${sign} ${line}`).join("\n");
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = "`".repeat(longest + 1);
  return `${marks}diff\n${text}\n${marks}`;
}
