import type { El } from "./dom";
import { digits, h, on } from "./elements";
import type { ViewId } from "./state";

/** A view, as its tab names it. */
export interface Tab {
  readonly id: ViewId;
  readonly title: string;
  readonly number?: number;
  readonly panel: El;
}

/** Tabs and their panels, of which one is shown. */
export function tabs(
  all: readonly Tab[],
  onChoose: (id: ViewId) => void,
): { readonly element: El; choose(id: ViewId): void } {
  const buttons = all.map(({ id, title, number }) => {
    const button = h(
      "button",
      { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}` },
      title,
      number !== undefined && h("span.number", {}, digits(number)),
    );
    on(button, "click", () => onChoose(id));
    return button;
  });
  const element = h("div", { role: "tablist", "aria-label": "Views" }, ...buttons);
  on(element, "keydown", (event) => {
    const at = buttons.indexOf(event.target);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    const index = next === undefined ? -1 : (next + buttons.length) % buttons.length;
    const tab = all[index];
    if (!tab) return;
    event.preventDefault();
    onChoose(tab.id);
    buttons[index]?.focus();
  });
  return {
    element,
    choose(id) {
      all.forEach((tab, index) => {
        const isChosen = tab.id === id;
        tab.panel.hidden = !isChosen;
        buttons[index]?.setAttribute("aria-selected", `${isChosen}`);
        if (buttons[index]) buttons[index].tabIndex = isChosen ? 0 : -1;
      });
    },
  };
}

/** The panel of a tab. */
export function panel(id: ViewId, ...children: readonly El[]): El {
  return h("section", { role: "tabpanel", id: `panel-${id}`, "aria-labelledby": `tab-${id}` }, ...children);
}
