import { faultsOf } from "./detail";
import type { El } from "./dom";
import { h, name } from "./elements";
import { type Expandable, expandable } from "./expandable";
import { fieldList } from "./fields";
import { badge } from "./icons";
import { type FindingRow, nameOf } from "./rows";
import { type App, linkTo } from "./state";
import { namesOf } from "./variants";

/** About how high a finding is that is closed. */
const HEIGHT = 70;

/** What is dangerous and why, filtered, most dangerous first. */
export function findingsView(app: App): Expandable<FindingRow> {
  return expandable<FindingRow>(app, {
    rows: app.findings,
    label: "Findings",
    noun: "finding",
    nothing: "No rule has anything to say about this change.",
    height: HEIGHT,
    rowClass: "row finding",
    cells,
    detail: (row) => detail(app, row),
  });
}

function cells({ finding }: FindingRow): readonly El[] {
  const { severity, message, object, clusters, rule, blocking, waiver } = finding;
  return [
    badge(severity),
    h(
      "span",
      {},
      h("span.message", {}, message),
      h(
        "span.about",
        {},
        object && name(`${object.kind} ${nameOf(object)}`),
        clusters.length > 0 && h("span", {}, `on ${namesOf(clusters)}`),
        name(rule),
      ),
    ),
    h(
      "span",
      {},
      blocking && h("span.gate", {}, "blocks"),
      waiver && h("span.approved", {}, `approved until ${waiver.expires}`),
    ),
  ];
}

function detail(app: App, { finding, change }: FindingRow): El {
  const rule = app.report.rules.find(({ id }) => id === finding.rule);
  const fields = change ? app.fieldsOf(change).filter(({ path }) => isAt(path, finding.fields)) : [];
  const { waiver } = finding;
  return h(
    "div.detail",
    {},
    waiver &&
      h(
        "p.waiver",
        {},
        h("strong", {}, "Approved"),
        ` until ${waiver.expires}. Who answers for it: ${waiver.ask}. Why: ${waiver.reason}`,
      ),
    rule && h("p", {}, h("strong", {}, rule.title), `: ${rule.doc}`),
    fields.length > 0 && fieldList(fields, faultsOf([finding])),
    h(
      "p.links",
      {},
      change && h("a", { href: linkTo("change", change.change.id) }, "The whole change"),
      h("a", { href: linkTo("rule", finding.rule) }, `Rule ${finding.rule}`),
    ),
  );
}

/** Whether a field is one of those that a finding names, or inside of one. */
function isAt(path: string, places: readonly string[]): boolean {
  return places.some((place) => path === place || (path.startsWith(place) && /^[.[]/.test(path.slice(place.length))));
}
