import { SEVERITIES, type Side, type Summary } from "../../model";
import { said } from "./detail";
import type { El } from "./dom";
import { button, type Child, count, digits, h, name } from "./elements";
import { badge, STATUSES, statusMark, trafficLight } from "./icons";
import { matrix } from "./matrix";
import { nameOf } from "./rows";
import { rulesTable } from "./rules";
import { type App, linkTo } from "./state";

/** Blocking findings that the overview tells; the list of findings has all. */
const TOLD = 12;

/** How it ends, what blocks it, what happens, and the clusters side by side. */
export function overview(app: App): El {
  const { summary, clusters } = app.report;
  return h(
    "div.overview",
    {},
    hero(app),
    h("div.tiles", {}, ...tiles(app)),
    summary.blocking > 0 && blockers(app),
    clusters.length > 0 && h("section", {}, h("h2", {}, "Clusters side by side"), matrix(app)),
    app.changes.length > 0 && h("section", {}, h("h2", {}, "What happens"), happenings(app)),
    app.report.rules.length > 0 && h("section", {}, h("h2", {}, "Rules that had something to say"), rulesTable(app)),
  );
}

/** The verdict as a sentence. */
export function headline({ verdict, blocking, findings, waived }: Summary): string {
  const approved = waived > 0 ? ` ${count(waived, "finding is", "findings are")} approved by a waiver.` : "";
  if (verdict === "clean") return "Nothing changes.";
  if (blocking > 0)
    return `${count(blocking, "finding blocks", "findings block")} this change: mend what they name, or have each approved by a waiver.${approved}`;
  if (findings.warning > 0) return `Nothing blocks. ${count(findings.warning, "warning")} to read first.${approved}`;
  return `Nothing blocks, nothing warns.${approved}`;
}

function hero({ report }: App): El {
  const { summary, from, to } = report;
  const verdict = { danger: "Stop", warning: "Careful", notice: "Go", info: "Go", clean: "Go" }[summary.verdict];
  return h(
    `section.hero.${summary.verdict}`,
    {},
    trafficLight(summary.verdict),
    h(
      "div",
      {},
      h("p.verdict", {}, verdict),
      h("p.headline", {}, headline(summary)),
      h("p.sides", {}, ...sideOf("From", from), ...sideOf("to", to)),
    ),
  );
}

function sideOf(word: string, { label, commit, files }: Side): readonly Child[] {
  return [
    `${word} `,
    h("strong", {}, label),
    commit === undefined ? "" : h("span", {}, " at ", name(commit.slice(0, 12))),
    ` (${count(files, "file")}) `,
  ];
}

function tiles(app: App): readonly El[] {
  const { summary } = app.report;
  const { objects, findings } = summary;
  const go = (
    view: "changes" | "findings",
    facet: "status" | "severity",
    value: string,
    ...inside: readonly Child[]
  ) => {
    return button("figure", () => app.ask(view, [facet, value]), ...inside);
  };
  const statuses = STATUSES.filter((status) => objects[status] > 0).map((status) =>
    go("changes", "status", status, statusMark(status), digits(objects[status])),
  );
  const severities = SEVERITIES.filter((severity) => findings[severity] > 0).map((severity) =>
    go("findings", "severity", severity, badge(severity, digits(findings[severity]))),
  );
  const all = SEVERITIES.reduce((sum, severity) => sum + findings[severity], 0);
  const same = summary.sameButText;
  return [
    tile(objects.all, objects.all === 1 ? "object differs" : "objects differ", ...statuses),
    tile(all, all === 1 ? "finding" : "findings", ...severities),
    tile(summary.clusters, `of ${count(summary.allClusters, "cluster")}`, note("that something changes on")),
    tile(summary.pods, summary.pods === 1 ? "pod is replaced" : "pods are replaced", note("as far as manifests say")),
    ...(same > 0 ? [tile(same, same === 1 ? "file" : "files", note("differ in text alone, not in objects"))] : []),
  ];
}

function tile(number: number, label: string, ...inside: readonly El[]): El {
  return h("div.tile", {}, h("p", {}, h("span.big", {}, digits(number)), ` ${label}`), h("div.figures", {}, ...inside));
}

function note(text: string): El {
  return h("span.note", {}, text);
}

function blockers(app: App): El {
  const blocking = app.findings.filter(({ finding }) => finding.blocking);
  const items = blocking.slice(0, TOLD).map(({ finding, change }) => {
    const item = said(finding);
    const { object, clusters } = finding;
    const what = object ? `${object.kind} ${nameOf(object)}` : "";
    item.append(
      h(
        "span.about",
        {},
        change && object ? h("a", { href: linkTo("change", change.change.id) }, name(what)) : name(what),
        clusters.length > 0 &&
          h("span", {}, `on ${count(clusters.length, "cluster")}: ${clusters.slice(0, 4).join(", ")}`),
      ),
    );
    return item;
  });
  const all = () => app.ask("findings", ["gate", "blocks"]);
  return h(
    "section.blockers",
    {},
    h("h2", {}, "What blocks"),
    h("ul.said", {}, ...items),
    blocking.length > items.length && button("more", all, `All ${blocking.length}`),
  );
}

/** Each effect with how many objects it befalls, over all clusters. */
function happenings(app: App): El {
  const counts = new Map<string, number>();
  for (const { effects, clusters } of app.changes) {
    for (const effect of effects) counts.set(effect, (counts.get(effect) ?? 0) + clusters.length);
  }
  const items = [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([effect, number]) => {
      const show = () => app.ask("changes", ["effect", effect]);
      return button("figure", show, h("strong", {}, digits(number)), h("span", {}, effect.replaceAll("-", " ")));
    });
  return h("div.figures", {}, ...items);
}
