import { changeDetail, siblingsOf } from "./detail";
import type { El } from "./dom";
import { h, name, on, spoken } from "./elements";
import { type Expandable, expandable } from "./expandable";
import { severityMark, statusMark } from "./icons";
import { type ChangeRow, nameOf, type Order, sorted } from "./rows";
import type { App } from "./state";
import { columnsOf, whereMark } from "./where";

/** Height of a row that is closed, as the style has it. */
const HEIGHT = 44;

const ORDERS: readonly (readonly [Order, string])[] = [
  ["severity", "most dangerous first"],
  ["component", "by Kustomization"],
  ["kind", "by kind"],
  ["name", "by name"],
];

/** Every object that changes, filtered and sorted, each with what is to know about it. */
export function changesView(app: App): Expandable<ChangeRow> {
  const siblings = siblingsOf(app.changes);
  const clusters = app.report.clusters.map((impact) => impact.cluster);
  const columns = columnsOf(clusters);
  let order: Order = "severity";
  const select = h(
    "select",
    { "aria-label": "Order of the changes" },
    ...ORDERS.map(([value, label]) => h("option", { value }, label)),
  );
  on(select, "change", () => {
    order = ORDERS.find(([value]) => value === select.value)?.[0] ?? "severity";
    list.draw();
  });
  const list = expandable<ChangeRow>(app, {
    rows: app.changes,
    label: "Objects that change",
    noun: "change",
    nothing: "Nothing changes.",
    height: HEIGHT,
    rowClass: "row",
    cells: (row) => cells(row, columns),
    detail: (row) => changeDetail(app, row, siblings(row)),
    sort: (rows) => sorted(rows, order),
    tools: [select],
    headings: headings(columns),
  });
  list.element.style.setProperty("--where", columns.length > 0 ? `${columns.length * 60}px` : "120px");
  return list;
}

function cells(row: ChangeRow, columns: readonly string[]): readonly El[] {
  const { object, status, component, effects, severity } = row.change;
  const others = effects.length - 1;
  return [
    severityMark(severity),
    statusMark(status),
    h("span", {}, name(object.kind, "kind"), " ", name(nameOf(object), "called")),
    h("span.dim", {}, spoken("in "), name(component)),
    h("span.dim", {}, effects[0]?.text ?? "", others > 0 && h("span.note", {}, ` +${others}`)),
    whereMark(row.clusters, columns),
  ];
}

function headings(columns: readonly string[]): El {
  const where = columns.length > 0 ? columns.map((cluster) => name(cluster)) : ["Clusters"];
  return h(
    "div.row.headings",
    { "aria-hidden": "true" },
    h("span"),
    h("span"),
    h("span", {}, "Object"),
    h("span", {}, "Kustomization"),
    h("span", {}, "What happens"),
    h("span.where", {}, ...where),
  );
}
