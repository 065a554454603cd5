import { changesView } from "./changes";
import { readContents } from "./contents";
import { browser, type El } from "./dom";
import { button, fill, h, on } from "./elements";
import { facets } from "./facets";
import { findingsView } from "./findings";
import { graphView } from "./graph";
import { overview } from "./overview";
import { fieldReader, readReport } from "./report";
import { rowsOf } from "./rows";
import { focusRule } from "./rules";
import { shortcuts } from "./shortcuts";
import { type App, createFilter, type ViewId } from "./state";
import { panel, type Tab, tabs } from "./tabs";
import { themeButton } from "./theme";
import { versionsView } from "./versions";

/** Milliseconds without a key before a search starts. */
const PAUSE = 120;

/** Rows of each list that go onto paper. */
const PRINTED = 300;

const report = readReport();
const rows = rowsOf(report);
const fieldsAt = fieldReader(report);
const app: App = {
  ...rows,
  report,
  filter: createFilter(),
  fieldsOf: (row) => fieldsAt(row.position),
  show: (view) => go(`#${view}`),
  ask(view, ...picked) {
    app.filter.only(picked);
    app.show(view);
  },
  keys: true,
};

const changes = changesView(app);
const findings = findingsView(app);
const graph = graphView(app);
const panels: Readonly<Record<ViewId, El>> = {
  overview: panel("overview", overview(app)),
  findings: panel("findings", findings.element),
  changes: panel("changes", changes.element),
  graph: panel("graph", graph.element),
  versions: panel("versions", versionsView(app)),
};
const { images, versions, variables, infra } = report;
const views: readonly Tab[] = [
  { id: "overview", title: "Overview", panel: panels.overview },
  { id: "findings", title: "Findings", number: report.findings.length, panel: panels.findings },
  { id: "changes", title: "Changes", number: report.changes.length, panel: panels.changes },
  { id: "graph", title: "Blast radius", panel: panels.graph },
  {
    id: "versions",
    title: "Versions",
    number: images.length + versions.length + variables.length + infra.length,
    panel: panels.versions,
  },
];
const bar = tabs(views, app.show);

let view: ViewId = "overview";
const filter = facets(app, () => (view === "findings" ? app.findings : app.changes));

const search = h("input", {
  type: "search",
  placeholder: "Search names, fields, values …",
  "aria-label": "Search",
  autocomplete: "off",
  spellcheck: "false",
});
let timer: number | undefined;
on(search, "input", () => {
  browser.clearTimeout(timer);
  timer = browser.setTimeout(() => {
    app.filter.setText(search.value);
    if (search.value !== "" && (view === "overview" || view === "graph")) app.show("changes");
  }, PAUSE);
});
on(search, "keydown", ({ key }) => {
  if (key === "Enter" || key === "ArrowDown") enterList();
  if (key === "Escape") app.filter.setText("");
});
app.filter.listen(() => {
  if (search.value.trim() !== app.filter.text().trim()) search.value = app.filter.text();
});
readContents(app);

const theme = themeButton();
const keys = shortcuts(app, [
  { key: "/", does: "search", run: () => search.focus() },
  ...views.map(({ id, title }, index) => ({ key: `${index + 1}`, does: title, run: () => app.show(id) })),
  { key: "l", does: "go to the list", run: () => enterList() },
  { key: "x", does: "clear the filter", run: () => app.filter.clear() },
  { key: "t", does: "change the theme", run: () => theme.next() },
]);

function enterList(): void {
  if (view !== "findings") app.show("changes");
  (view === "findings" ? findings : changes).enter();
}

/** Goes to a view, or to something in one: `#changes`, `#change=<id>`, `#rule=<id>`, `#graph=<cluster>`. */
function go(hash: string): void {
  const [place = "", wanted] = hash.slice(1).split("=").map(decoded);
  const row = wanted === undefined ? undefined : app.byId.get(wanted);
  const before = view;
  view = row ? "changes" : wanted !== undefined && place === "rule" ? "overview" : viewOf(place);
  bar.choose(view);
  if (view !== before) browser.scrollTo({ top: 0 });
  const hasFilter = view === "findings" || view === "changes";
  filter.element.hidden = !hasFilter;
  if (hasFilter) filter.draw();
  if (view === "graph") graph.choose(wanted);
  if (browser.location.hash !== hash) browser.location.hash = hash;
  if (row) changes.reveal(row);
  else if (place === "rule" && wanted !== undefined) focusRule(panels.overview, wanted);
}

function viewOf(place: string): ViewId {
  return (Object.keys(panels) as ViewId[]).find((id) => id === place) ?? "overview";
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

on(browser.document.documentElement, "click", (event) => {
  const hash = event.target.closest("a")?.getAttribute("href") ?? "";
  if (!hash.startsWith("#")) return;
  event.preventDefault();
  go(hash);
});
browser.addEventListener("hashchange", () => go(browser.location.hash));

const note = h("p.paper");
browser.addEventListener("beforeprint", () => {
  graph.choose();
  const isAll = [changes.print(PRINTED), findings.print(PRINTED)].every((each) => each);
  fill(note, isAll ? "" : `Lists are cut to ${PRINTED} rows on paper: the file has all of them.`);
});
browser.addEventListener("afterprint", () => {
  changes.print(0);
  findings.print(0);
});

const main = h("main", { tabindex: -1 }, ...Object.values(panels));
const skip = button("skip", () => main.focus(), "Skip to the report");
browser.document.body.append(
  skip,
  h("header", {}, h("h1", {}, "What this change does"), theme.element, keys.button),
  h("nav", { "aria-label": "Report" }, bar.element, search),
  note,
  h("div.page", {}, filter.element, main),
  keys.dialog,
);
go(browser.location.hash || "#overview");
