import type { KustomizationImpact } from "../../model";
import type { El } from "./dom";
import { count, h, on, s } from "./elements";
import { severityShape } from "./icons";
import { type Layout, layout, type Point } from "./layout";

const WIDTH = 204;
const HEIGHT = 44;
const COLUMN = 264;
const ROW = 58;
const EDGE = 12;

/** Letters of a name that fit into a box beside a mark, and without one. */
const FITS = 20;
const FITS_ALONE = 24;

/** The state of a Kustomization in words. */
export function stateText({ state, status, objects }: KustomizationImpact): string {
  if (status === "added") return `new, with ${count(objects, "object")}`;
  if (status === "removed") return `goes, with ${count(objects, "object")}`;
  if (state === "changed") return count(objects, "object differs", "objects differ");
  return state === "waits" ? "waits, and is reconciled again" : "unaffected";
}

/** Draws a graph; `select` is told which node was chosen, and says which ones to light. */
export function drawing(
  cluster: string,
  parts: readonly KustomizationImpact[],
  select: (name: string) => ReadonlySet<string>,
): El {
  const plan = layout(parts);
  const byName = new Map(parts.map((part) => [part.name, part]));
  const at = ({ x, y }: Point) => ({ x: EDGE + x * COLUMN, y: EDGE + y * ROW - HEIGHT / 2 });
  const edges = plan.edges.map(({ from, to, points }) => {
    const isLit = byName.get(from)?.state !== "unaffected" && byName.get(to)?.state !== "unaffected";
    const line = s("path", { class: isLit ? "edge lit" : "edge", d: curve(points.map(at)), "aria-hidden": "true" });
    return { from, to, line };
  });
  const nodes = new Map([...plan.places].map(([name, point]) => [name, box(byName.get(name), at(point))]));
  const [width, height] = [plan.layers * COLUMN - (COLUMN - WIDTH) + EDGE * 2, plan.rows * ROW + EDGE * 2];
  const svg = s(
    "svg",
    {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "group",
      "aria-label": `Flux Kustomizations of ${cluster} and what they depend on`,
    },
    ...edges.filter(({ line }) => line.getAttribute("class") === "edge").map(({ line }) => line),
    ...edges.filter(({ line }) => line.getAttribute("class") !== "edge").map(({ line }) => line),
    ...nodes.values(),
  );
  const choose = (name: string) => {
    const lit = select(name);
    svg.classList.toggle("choosing", true);
    for (const [other, node] of nodes) {
      node.classList.toggle("out", !lit.has(other));
      node.setAttribute("aria-pressed", `${other === name}`);
    }
    for (const { from, to, line } of edges) line.classList.toggle("out", !(lit.has(from) && lit.has(to)));
  };
  rove(nodes, plan, choose);
  return h("div.canvas", {}, svg);
}

/** One tab stop for all nodes: arrow keys go to the nearest one in their direction. */
function rove(nodes: ReadonlyMap<string, El>, plan: Layout, choose: (name: string) => void): void {
  let current = [...plan.places].sort(([, one], [, other]) => one.x - other.x || one.y - other.y)[0]?.[0];
  const stop = (name: string) => {
    nodes.get(current ?? "")?.setAttribute("tabindex", "-1");
    current = name;
    nodes.get(name)?.setAttribute("tabindex", "0");
  };
  if (current !== undefined) stop(current);
  for (const [name, node] of nodes) {
    on(node, "click", () => {
      stop(name);
      choose(name);
    });
    on(node, "keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") choose(name);
      else {
        const next = nearest(plan, name, event.key);
        if (next === undefined) return;
        stop(next);
        nodes.get(next)?.focus();
      }
      event.preventDefault();
    });
  }
}

/** The node that an arrow key leads to. */
function nearest({ places }: Layout, name: string, key: string): string | undefined {
  const here = places.get(name);
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (!here || !step) return undefined;
  const [dx = 0, dy = 0] = step;
  let best: { readonly name: string; readonly far: number } | undefined;
  for (const [other, { x, y }] of places) {
    const along = (x - here.x) * dx + (y - here.y) * dy;
    if (other === name || along <= 0 || (dx === 0 && x !== here.x)) continue;
    const far = Math.abs(x - here.x) * (dx === 0 ? 1 : 1000) + Math.abs(y - here.y);
    if (!best || far < best.far) best = { name: other, far };
  }
  return best?.name;
}

function box(part: KustomizationImpact | undefined, { x, y }: Point): El {
  if (!part) return s("g");
  const { name, state, severity, status, dependents } = part;
  const text = stateText(part);
  const fits = severity ? FITS : FITS_ALONE;
  const short = name.length > fits ? `${name.slice(0, fits - 1)}…` : name;
  const waiting = dependents > 0 ? `, ${dependents} wait on it` : "";
  return s(
    "g",
    {
      class: `node ${state} is-${status} ${severity ?? "info"}`,
      transform: `translate(${x} ${y})`,
      role: "button",
      tabindex: -1,
    },
    s("title", {}, `${name}: ${severity ? `${severity}, ` : ""}${text}${waiting}`),
    s("rect", { width: WIDTH, height: HEIGHT, rx: 8 }),
    ...(severity ? [severityShape(severity, WIDTH - 24, 14)] : []),
    s("text", { x: 12, y: 18, class: "title" }, short),
    s("text", { x: 12, y: 34, class: "state" }, state === "waits" ? "waits" : text),
  );
}

/** A line through points, level at each: it leaves a box at its right side and enters one at its left. */
function curve(points: readonly Point[]): string {
  const middle = HEIGHT / 2;
  return points
    .map(({ x, y }, index) => {
      const isLast = index === points.length - 1;
      if (index === 0) return `M${x + WIDTH} ${y + middle}`;
      const before = points[index - 1] ?? { x, y };
      const bend = (COLUMN - WIDTH) / 2;
      const line = `C${before.x + WIDTH + bend} ${before.y + middle} ${x - bend} ${y + middle} ${x} ${y + middle}`;
      return isLast ? line : `${line}H${x + WIDTH}`;
    })
    .join("");
}
