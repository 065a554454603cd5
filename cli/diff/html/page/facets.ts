import { SEVERITIES } from "../../model";
import { browser, type El } from "./dom";
import { button, digits, fill, h, name, on } from "./elements";
import { answer, FACETS, type Facet, type Row, valuesOf } from "./filter";
import { isSeverity, isStatus, STATUSES, severityMark, statusMark } from "./icons";
import type { App } from "./state";
import { plain } from "./visible";

/** Values of a facet that are offered before somebody asks for all of them. */
const FEW = 10;

/** Values that have an order of their own; others go by how many rows have them. */
const ORDERED: ReadonlyMap<Facet, readonly string[]> = new Map<Facet, readonly string[]>([
  ["severity", SEVERITIES],
  ["gate", ["blocks", "approved"]],
  ["status", STATUSES],
]);

/** The filter beside the lists: for each facet its values, with how many rows picking one would give. */
export function facets(app: App, rows: () => readonly Row[]): { readonly element: El; draw(): void } {
  const wide = new Set<Facet>();
  const boxes = new Map([...FACETS.keys()].map((facet) => [facet, h("div.values")]));
  const isWide = browser.matchMedia("(min-width: 1041px)").matches;
  const groups = [...FACETS].map(([facet, heading]) => {
    const details = h("details.facet", { open: isWide }, h("summary", {}, heading), boxes.get(facet));
    return [facet, details] as const;
  });
  const clear = button("quiet", app.filter.clear, "Clear filter");

  const draw = () => {
    const query = app.filter.query();
    const { counts } = answer(rows(), query);
    const every = everyValue(rows());
    clear.hidden = app.filter.isEmpty();
    for (const [facet, group] of groups) {
      const values = ranked(facet, every.get(facet) ?? new Map(), counts.get(facet) ?? new Map());
      const picked = query.picked.get(facet) ?? new Set();
      group.hidden = values.length < 2 && picked.size === 0;
      const few = wide.has(facet) ? values : values.filter(([value], index) => index < FEW || picked.has(value));
      fill(
        boxes.get(facet) as El,
        ...few.map(([value, number]) => option(facet, value, number, picked.has(value))),
        few.length < values.length && all(facet, values.length),
      );
    }
  };
  const option = (facet: Facet, value: string, number: number, isPicked: boolean) => {
    const input = h("input", { type: "checkbox", checked: isPicked, "data-value": value });
    on(input, "change", () => {
      app.filter.toggle(facet, value);
      refocus(boxes.get(facet) as El, value);
    });
    return h(
      "label",
      { class: number === 0 && !isPicked ? "option none" : "option" },
      input,
      facet === "severity" && isSeverity(value) ? severityMark(value) : undefined,
      facet === "status" && isStatus(value) ? statusMark(value) : undefined,
      labelOf(facet, value),
      h("span.number", {}, digits(number)),
    );
  };
  const all = (facet: Facet, number: number) => {
    const show = () => {
      wide.add(facet);
      draw();
      boxes.get(facet)?.querySelector("input")?.focus();
    };
    return button("quiet", show, `All ${number}`);
  };
  const element = h(
    "aside.facets",
    { "aria-label": "Filter", hidden: true },
    h("div.bar", {}, h("h2", {}, "Filter"), clear),
    ...groups.map(([, group]) => group),
  );
  app.filter.listen(() => {
    if (!element.hidden) draw();
  });
  return { element, draw };
}

/** Boxes are drawn anew after each pick; the focus stays at the one that was picked. */
function refocus(box: El, value: string): void {
  for (const input of box.querySelectorAll("input")) {
    if (input.getAttribute("data-value") === plain(value)) input.focus();
  }
}

/** What is shown of a value: marks have a word that only screen readers speak, so severities are named beside theirs. */
function labelOf(facet: Facet, value: string): El {
  if (facet === "severity" || facet === "status") return h("span.label", { "aria-hidden": "true" }, value);
  if (facet === "effect" || facet === "gate") return h("span.label", {}, value.replaceAll("-", " "));
  return name(value, "label");
}

function everyValue(rows: readonly Row[]): ReadonlyMap<Facet, ReadonlyMap<string, number>> {
  const every = new Map([...FACETS.keys()].map((facet) => [facet, new Map<string, number>()]));
  for (const row of rows) {
    for (const [facet, values] of every) {
      for (const value of valuesOf(row, facet)) values.set(value, (values.get(value) ?? 0) + 1);
    }
  }
  return every;
}

/** Values with their counts: in their own order, or those of most rows first, so that they do not jump when one is picked. */
function ranked(
  facet: Facet,
  every: ReadonlyMap<string, number>,
  counts: ReadonlyMap<string, number>,
): readonly (readonly [value: string, number: number])[] {
  const order = ORDERED.get(facet);
  const values = [...every.keys()].sort((one, other) =>
    order
      ? order.indexOf(one) - order.indexOf(other)
      : (every.get(other) ?? 0) - (every.get(one) ?? 0) || (one < other ? -1 : 1),
  );
  return values.map((value) => [value, counts.get(value) ?? 0]);
}
