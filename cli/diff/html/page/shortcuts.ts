import { browser, type El } from "./dom";
import { button, h, on } from "./elements";
import type { App } from "./state";

/** A key and what it does. */
export interface Shortcut {
  readonly key: string;
  readonly does: string;
  readonly run: () => void;
}

/** Keys that elements themselves know. */
const ELSEWHERE: readonly (readonly [keys: string, does: string])[] = [
  ["↓ ↑ or j k", "move in a list"],
  ["Enter, → ←", "open and close a row"],
  ["Home, End", "go to the first or last row"],
  ["Arrow keys", "move between tabs, and between Kustomizations of the graph"],
  ["Esc", "leave the search or this list of keys"],
];

/** Makes keys work, and the list that explains them. */
export function shortcuts(app: App, all: readonly Shortcut[]): { readonly dialog: El; readonly button: El } {
  const toggle = h("input", { type: "checkbox", checked: true });
  on(toggle, "change", () => {
    app.keys = toggle.checked;
  });
  const row = (keys: string, does: string) => [h("dt", {}, h("kbd", {}, keys)), h("dd", {}, does)];
  const dialog = h(
    "dialog.keys",
    { "aria-labelledby": "keys-title" },
    h("h2", { id: "keys-title" }, "Keys"),
    h(
      "dl",
      {},
      ...all.flatMap(({ key, does }) => row(key, does)),
      ...row("?", "this list"),
      ...ELSEWHERE.flatMap(([keys, does]) => row(keys, does)),
    ),
    h("label.option", {}, toggle, "Keys of one letter are on"),
    button("", () => dialog.close(), "Close"),
  );
  const opener = button("quiet", () => dialog.showModal(), "Keys ", h("kbd", {}, "?"));
  const known = new Map(
    [...all, { key: "?", does: "", run: () => dialog.showModal() }].map((each) => [each.key, each]),
  );
  browser.document.addEventListener("keydown", (event) => {
    const isTyping =
      /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.getAttribute("type") !== "checkbox";
    if (!app.keys || isTyping || dialog.open || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const shortcut = known.get(event.key);
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run();
  });
  return { dialog, button: opener };
}
