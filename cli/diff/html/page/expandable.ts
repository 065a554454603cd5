import type { El } from "./dom";
import { button, type Child, count, digits, fill, h } from "./elements";
import { answer, type Row } from "./filter";
import type { App } from "./state";
import { windowed } from "./windowed";

/** A list of rows that open. */
export interface ExpandableOptions<R extends Row> {
  readonly rows: readonly R[];
  /** Name of the list. */
  readonly label: string;
  /** Name of a row. */
  readonly noun: string;
  /** What is said where there is no row at all. */
  readonly nothing: string;
  /** About how high a row is that is closed, in pixels. */
  readonly height: number;
  readonly rowClass: string;
  readonly cells: (row: R) => readonly Child[];
  readonly detail: (row: R) => El;
  readonly sort?: (rows: readonly R[]) => readonly R[];
  /** What stands in the bar above the list. */
  readonly tools?: readonly El[];
  readonly headings?: El;
}

/** A list of rows that open, and what leads into it. */
export interface Expandable<R> {
  readonly element: El;
  /** Filters and sorts anew. */
  draw(): void;
  /** Opens a row and goes to it, whatever the filter lets through. */
  reveal(row: R): void;
  enter(): void;
  print(most: number): boolean;
}

/** Rows that answer the filter, each of which opens on demand. */
export function expandable<R extends Row>(app: App, options: ExpandableOptions<R>): Expandable<R> {
  const { rows, label, noun, nothing, height, rowClass, cells, detail, sort, tools = [], headings } = options;
  const opened = new Set<R>();
  const ids = new Map(rows.map((row, index) => [row, `${noun}-${index}`]));
  let shown: readonly R[] = [];
  const toggle = (row: R) => {
    if (!opened.delete(row)) opened.add(row);
    list.redraw(row);
  };
  const list = windowed<R>({
    label,
    height,
    draw: (row) => {
      const isOpen = opened.has(row);
      const id = isOpen && ids.get(row);
      const head = button(rowClass, () => toggle(row), ...cells(row));
      head.setAttribute("aria-expanded", `${isOpen}`);
      if (id) head.setAttribute("aria-controls", id);
      return h(`div.item.${row.severity}`, {}, head, isOpen && h("div", { id }, detail(row)));
    },
    onKey: (event, row) => {
      const opens = { ArrowRight: true, ArrowLeft: false }[event.key];
      if (opens === undefined) return;
      if (opened.has(row) !== opens) toggle(row);
      event.preventDefault();
    },
  });
  const status = h("p", { role: "status", class: "count" });
  const empty = h("p.empty", {}, rows.length > 0 ? "Nothing matches the filter." : nothing);
  const draw = () => {
    const found = answer(rows, app.filter.query()).rows;
    const before = shown;
    shown = sort ? sort(found) : found;
    const all = count(rows.length, noun);
    fill(status, found.length === rows.length ? all : `${digits(found.length)} of ${all}`);
    // A list that stays the same is left alone, and the focus in it: contents that are being read often change nothing.
    if (shown.length !== before.length || shown.some((row, index) => row !== before[index])) list.show(shown);
    empty.hidden = found.length > 0;
  };
  const close = button(
    "quiet",
    () => {
      const before = [...opened];
      opened.clear();
      before.forEach(list.redraw);
    },
    "Close all",
  );
  app.filter.listen(draw);
  return {
    element: h("div", {}, h("div.bar", {}, status, ...tools, close), headings, list.element, empty),
    draw,
    reveal(row) {
      if (!shown.includes(row)) app.filter.clear();
      opened.add(row);
      list.redraw(row);
      list.focus(row, "start");
    },
    enter: list.enter,
    print: list.print,
  };
}
