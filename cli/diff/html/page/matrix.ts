import { bySeverity, type ClusterImpact, type KustomizationImpact } from "../../model";
import type { El } from "./dom";
import { button, count, digits, h, name, scrolling, spoken, table } from "./elements";
import { STATUSES, severityMark, statusMark } from "./icons";
import { type App, linkTo } from "./state";

/** Clusters that stand beside each other before somebody asks for all of them. */
const FEW = 16;

/** Flux Kustomizations by clusters: where something changes, and what waits on it. */
export function matrix(app: App): El {
  const { clusters } = app.report;
  const draw = (some: readonly ClusterImpact[]) => scrolling("Kustomizations by clusters", tableOf(app, some));
  if (clusters.length <= FEW) return draw(clusters);
  const worst = [...clusters].sort((one, other) => bySeverity(one.severity ?? "info", other.severity ?? "info"));
  const all = () => {
    box.replaceChildren(draw(clusters));
    box.firstElementChild?.focus();
  };
  const box = h("div", {}, draw(worst.slice(0, FEW)), button("more", all, `All ${clusters.length} clusters`));
  return box;
}

function tableOf(app: App, clusters: readonly ClusterImpact[]): El {
  const parts = new Map(
    clusters.map(({ cluster, kustomizations }) => [cluster, new Map(kustomizations.map((part) => [part.name, part]))]),
  );
  const touched = new Set(
    clusters.flatMap(({ kustomizations }) =>
      kustomizations.filter((part) => part.state !== "unaffected").map((part) => part.name),
    ),
  );
  const rows = [...touched].map((component) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, name(component)),
      ...clusters.map(({ cluster }) => cell(app, cluster, parts.get(cluster)?.get(component))),
    ),
  );
  const columns = ["Kustomization", ...clusters.map((impact) => heading(app, impact))];
  const element = table("matrix", columns, h("tbody", {}, ...rows));
  element.style.setProperty("--columns", `${clusters.length}`);
  return element;
}

function heading(app: App, { cluster, status, objects, severity, workloads }: ClusterImpact): El {
  const show = () => app.ask("changes", ["cluster", cluster]);
  const numbers = STATUSES.filter((kind) => objects[kind] > 0).map((kind) =>
    h("span", {}, statusMark(kind), digits(objects[kind])),
  );
  return h(
    "th",
    { scope: "col" },
    button("cluster", show, severity && severityMark(severity), name(cluster)),
    status !== "changed" && h(`span.came.${status}`, {}, status === "added" ? "new cluster" : "cluster goes"),
    h("span.numbers", {}, ...numbers),
    h("a", { href: linkTo("graph", cluster) }, "graph", spoken(` of ${cluster}`)),
    workloads.length > 0 && h("span.note", {}, count(workloads.length, "workload")),
  );
}

function cell(app: App, cluster: string, part: KustomizationImpact | undefined): El {
  if (!part) return h("td.absent", {}, spoken("not on this cluster"));
  if (part.state === "unaffected") return h("td.calm", {}, spoken("unaffected"), dash());
  if (part.state === "waits") return h("td.waits", {}, "waits");
  const show = () => app.ask("changes", ["cluster", cluster], ["component", part.name]);
  const open = button(
    "",
    show,
    part.severity && severityMark(part.severity),
    h("strong", {}, digits(part.objects)),
    spoken(part.objects === 1 ? " object" : " objects"),
    part.status !== "kept" && h("span.note", {}, part.status === "added" ? "new" : "goes"),
  );
  return h("td", { class: part.severity }, open);
}

function dash(): El {
  return h("span", { "aria-hidden": "true" }, "·");
}
