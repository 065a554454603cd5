import type { Step } from "../../model";
import type { El } from "./dom";
import { button, type Child, fill, h, name, scrolling, spoken, table } from "./elements";
import { wordsOf } from "./filter";
import { nameOf } from "./rows";
import type { App } from "./state";
import { namesOf } from "./variants";
import { scalar } from "./yaml";

/** Rows of a table that are drawn before somebody asks for more. */
const PAGE = 200;

const LOUD: ReadonlySet<Step> = new Set<Step>(["major", "downgrade", "removed"]);

/** What else differs: images, versions, variables, workloads, Azure resources. */
export function versionsView(app: App): El {
  const { images, versions, variables, clusters, infra } = app.report;
  const workloads = clusters.flatMap(({ cluster, workloads: touched }) =>
    touched.map((workload) => ({ cluster, workload })),
  );
  const tables = [
    searched(app, "Images", ["Workload", "Container", "Before", "After", "Clusters"], images, (image) => [
      name(`${image.object.kind} ${nameOf(image.object)}`),
      name(image.container),
      version(image.before, "old"),
      version(image.after, "fresh"),
      namesOf(image.clusters),
    ]),
    searched(
      app,
      "Charts, CRDs and mesh",
      ["What", "Name", "Before", "After", "Step", "Clusters"],
      versions,
      (change) => [
        change.what === "crd" ? "CRD" : change.what,
        name(change.name),
        version(change.before, "old"),
        version(change.after, "fresh"),
        chip(change.step, LOUD.has(change.step)),
        namesOf(change.clusters),
      ],
    ),
    searched(
      app,
      "Variables that Flux puts in",
      ["Variable", "State", "Clusters", "Used by"],
      variables,
      (variable) => [
        name(variable.name),
        chip(variable.status === "undefined" ? "no producer" : variable.status, variable.status !== "added"),
        namesOf(variable.clusters),
        h("ul", {}, ...variable.usedBy.map((user) => h("li", {}, name(user)))),
      ],
    ),
    searched(
      app,
      "Workloads touched",
      ["Cluster", "Workload", "Kustomization", "What happens", "Replicas"],
      workloads,
      (row) => [
        name(row.cluster),
        name(`${row.workload.object.kind} ${nameOf(row.workload.object)}`),
        name(row.workload.component),
        row.workload.effect.replaceAll("-", " "),
        row.workload.replicas ?? "—",
      ],
    ),
    searched(app, "Azure resources", ["Type", "Name", "State", "Fields"], infra, (resource) => [
      name(resource.type),
      name(resource.name),
      chip(resource.status, resource.status === "replaced" || resource.status === "removed"),
      h("ul", {}, ...resource.fields.map((field) => azureField(field, resource.replacedBy.includes(field.path)))),
    ]),
  ].filter((element) => element !== undefined);
  return h(
    "div.versions",
    {},
    ...(tables.length > 0 ? tables : [h("p.empty", {}, "No image, version or variable differs.")]),
  );
}

/** A table that follows the search. */
function searched<T>(
  app: App,
  title: string,
  columns: readonly string[],
  items: readonly T[],
  cells: (item: T) => readonly Child[],
): El | undefined {
  if (items.length === 0) return undefined;
  const body = h("tbody");
  const number = h("span.number");
  const more = button("more", () => add(body.children.length), `Show ${PAGE} more`);
  let texts: readonly string[] | undefined;
  let found = items;
  const add = (start: number) => {
    const rows = found.slice(start, start + PAGE).map((item) => cells(item).map((cell) => h("td", {}, cell)));
    body.append(...rows.map((row) => h("tr", {}, ...row)));
    more.hidden = start + PAGE >= found.length;
  };
  app.filter.listen(() => {
    const words = wordsOf(app.filter.text());
    if (words.length > 0) texts ??= items.map((item) => JSON.stringify(item).toLowerCase());
    found = items.filter((_, index) => words.every((word) => texts?.[index]?.includes(word)));
    fill(number, found.length === items.length ? `${items.length}` : `${found.length} of ${items.length}`);
    fill(body);
    add(0);
  });
  return h("section", {}, h("h2", {}, title, " ", number), scrolling(title, table("plain", columns, body)), more);
}

function version(text: string | undefined, kind: "old" | "fresh"): El {
  return text === undefined ? h("span.note", {}, "none") : name(text, `inline ${kind}`);
}

function chip(text: string, isLoud: boolean): El {
  return h(`span.chip.${isLoud ? "danger" : "info"}`, {}, text);
}

function azureField(
  field: { readonly path: string; readonly before?: unknown; readonly after?: unknown },
  isCause: boolean,
): El {
  const value = (of: unknown) => (of === undefined ? "—" : scalar(of));
  return h(
    "li",
    {},
    name(field.path),
    " ",
    h("code.inline.old", {}, value(field.before)),
    spoken(" becomes "),
    " ",
    h("code.inline.fresh", {}, value(field.after)),
    isCause && h("strong", {}, " replaces it"),
  );
}
