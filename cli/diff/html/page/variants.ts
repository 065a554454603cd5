import type { FieldChange } from "../../model";
import type { El } from "./dom";
import { h, name, scrolling, spoken, table } from "./elements";
import { statusMark } from "./icons";
import type { ChangeRow } from "./rows";
import type { App } from "./state";
import { wellFormed } from "./visible";
import { isScalar, scalar } from "./yaml";

/** Ways to change that are shown beside each other, and fields of them. */
const MOST_COLUMNS = 8;
const MOST_ROWS = 60;

/** Characters of a value in a cell. */
const LONGEST = 160;

/** The clusters of an object side by side, where it does not change in the same way on all of them. */
export function variants(app: App, row: ChangeRow, siblings: readonly ChangeRow[]): El {
  const columns = siblings.slice(0, MOST_COLUMNS).map((sibling) => ({
    sibling,
    fields: new Map(app.fieldsOf(sibling).map((field) => [field.path, field])),
  }));
  const paths = [...new Set(columns.flatMap(({ fields }) => [...fields.keys()]))];
  const body = paths
    .slice(0, MOST_ROWS)
    .map((path) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, path === "" ? "the whole object" : name(path)),
        ...columns.map(({ fields }) => h("td", {}, ...cell(fields.get(path)))),
      ),
    );
  const left = siblings.length - columns.length + Math.max(0, paths.length - MOST_ROWS);
  return h(
    "section.variants",
    {},
    h("h3", {}, "The same object, cluster by cluster"),
    scrolling(
      "clusters side by side",
      table("", ["Field", ...columns.map(({ sibling }) => heading(sibling, row))], h("tbody", {}, ...body)),
    ),
    left > 0 && h("p.note", {}, `${left} more columns and rows are left out here.`),
  );
}

function heading({ change, clusters }: ChangeRow, row: ChangeRow): El {
  const isThis = change === row.change;
  return h("th", { scope: "col", "aria-current": isThis }, statusMark(change.status), h("span", {}, namesOf(clusters)));
}

/** Names of clusters, of which many are counted. */
export function namesOf(clusters: readonly string[], most = 4): string {
  const left = clusters.length - most;
  return left > 0 ? `${clusters.slice(0, most).join(", ")} and ${left} more` : clusters.join(", ");
}

function cell(field: FieldChange | undefined): readonly El[] {
  if (!field) return [h("span.note", {}, "as it was")];
  const value = (text: string | undefined, kind: "old" | "fresh", word: string) =>
    h(`div.value.${text === undefined ? "none" : kind}`, {}, spoken(word), h("code", {}, text ?? "—"));
  return [value(brief(field.before), "old", "before: "), value(brief(field.after), "fresh", "after: ")];
}

function brief(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = isScalar(value) ? scalar(value) : JSON.stringify(value);
  return text.length > LONGEST ? `${wellFormed(text.slice(0, LONGEST))}…` : text;
}
