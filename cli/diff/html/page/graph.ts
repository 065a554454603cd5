import type { ClusterImpact, KustomizationImpact } from "../../model";
import type { El } from "./dom";
import { drawing, stateText } from "./drawing";
import { button, count, fill, h, name, on, table } from "./elements";
import { severityMark } from "./icons";
import { reach } from "./layers";
import type { App } from "./state";
import { wellFormed } from "./visible";

/** The view of the graphs of Flux Kustomizations. */
export interface GraphView {
  readonly element: El;
  /** Shows the graph of a cluster; without one that of the worst, if none is shown yet. */
  choose(cluster?: string): void;
}

/** The graph of one cluster at a time: what changes, what waits on it, as a drawing and as a table. */
export function graphView(app: App): GraphView {
  const { clusters } = app.report;
  const select = h(
    "select",
    { "aria-label": "Cluster" },
    ...clusters.map(({ cluster }, index) => h("option", { value: index }, cluster)),
  );
  const place = h("div.graph");
  let shown: string | undefined;
  const show = (impact: ClusterImpact) => {
    shown = impact.cluster;
    select.value = `${clusters.indexOf(impact)}`;
    fill(place, ...graphOf(app, impact));
  };
  on(select, "change", () => {
    const impact = clusters[Number(select.value)];
    if (impact) show(impact);
  });
  return {
    element: h(
      "div",
      {},
      h("div.bar", {}, h("label", {}, "Cluster ", select), legend()),
      clusters.length > 0 ? place : h("p.empty", {}, "Nothing changes on any cluster."),
    ),
    choose(wanted) {
      if (wanted === undefined && shown !== undefined) return;
      const worst = clusters.find(({ severity }) => severity === "danger") ?? clusters[0];
      const impact = clusters.find(({ cluster }) => wellFormed(cluster) === wanted) ?? worst;
      if (impact) show(impact);
    },
  };
}

function graphOf(app: App, { cluster, kustomizations }: ClusterImpact): readonly El[] {
  const byName = new Map(kustomizations.map((part) => [part.name, part]));
  const before = new Map(kustomizations.map((part) => [part.name, part.dependsOn]));
  const after = new Map<string, string[]>();
  for (const part of kustomizations) {
    for (const other of part.dependsOn) {
      const known = after.get(other);
      if (known) known.push(part.name);
      else after.set(other, [part.name]);
    }
  }
  const side = h("div.selected", { "aria-live": "polite" }, h("p.note", {}, HINT));
  const select = (chosen: string) => {
    const part = byName.get(chosen);
    const [needs, waiting] = [reach(chosen, before), reach(chosen, after)];
    if (part) fill(side, ...selectionOf(app, cluster, part, needs, waiting));
    return new Set([chosen, ...needs, ...waiting]);
  };
  const changed = kustomizations.filter(({ state }) => state === "changed").length;
  const waits = kustomizations.filter(({ state }) => state === "waits").length;
  return [
    h(
      "p.blast",
      {},
      `${cluster}: ${changed} of ${count(kustomizations.length, "Kustomization")} ${changed === 1 ? "changes" : "change"}, `,
      `${count(waits, "more waits", "more wait")} on them.`,
    ),
    drawing(cluster, kustomizations, select),
    side,
    h("details.as-table", {}, h("summary", {}, "The same as a table"), asTable(kustomizations)),
  ];
}

const HINT = "Choose a Kustomization to light what it needs and what waits on it. Arrow keys move between them.";

function selectionOf(
  app: App,
  cluster: string,
  part: KustomizationImpact,
  needs: ReadonlySet<string>,
  waiting: ReadonlySet<string>,
): readonly El[] {
  const show = () => app.ask("changes", ["cluster", cluster], ["component", part.name]);
  const names = (title: string, all: ReadonlySet<string>) =>
    h("p", {}, h("strong", {}, `${title} (${all.size}): `), all.size === 0 ? "nothing" : [...all].sort().join(", "));
  return [
    h("h3", {}, name(part.name), part.severity && severityMark(part.severity)),
    h("p", {}, stateText(part)),
    names("Needs first", needs),
    names("Waits on it", waiting),
    ...(part.objects > 0 ? [button("more", show, `Show ${count(part.objects, "object")}`)] : []),
  ];
}

function asTable(kustomizations: readonly KustomizationImpact[]): El {
  const columns = ["Kustomization", "State", "Depends on", "Waiting on it"];
  const body = kustomizations.map((part) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, name(part.name)),
      h("td", {}, part.severity && severityMark(part.severity), stateText(part)),
      h("td", {}, part.dependsOn.join(", ")),
      h("td", {}, `${part.dependents}`),
    ),
  );
  return table("plain", columns, h("tbody", {}, ...body));
}

function legend(): El {
  const entry = (kind: string, text: string) =>
    h("span.entry", {}, h(`span.swatch.${kind}`, { "aria-hidden": "true" }), text);
  return h(
    "div.legend",
    {},
    entry("changed", "changes"),
    entry("waits", "waits on a change"),
    entry("unaffected", "unaffected"),
  );
}
