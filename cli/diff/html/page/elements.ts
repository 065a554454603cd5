import { browser, type El, type Ev, type Text } from "./dom";
import { partsOf, plain } from "./visible";

/** What goes into an element: text is shown as text, with every invisible character spelt out. */
export type Child = El | string | undefined | false;

/** Attributes by name; those that are undefined or false are left out, true ones are empty. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element; `tag` may name classes of it, for example `p.note`. */
export function h(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): El {
  const [name = "", ...classes] = tag.split(".");
  return filled(browser.document.createElement(name), classes, attributes, children.flatMap(nodesOf));
}

/** Makes an element of a drawing, where text cannot be marked up and so is spelt out in brackets. */
export function s(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): El {
  const nodes = children.flatMap((child) => (typeof child === "string" ? [textOf(plain(child))] : nodesOf(child)));
  const [name = "", ...classes] = tag.split(".");
  return filled(browser.document.createElementNS(SVG, name), classes, attributes, nodes);
}

/** A name (of an object, a cluster, a field, an image): nothing but ASCII is shown as it is. */
export function name(text: string, className = ""): El {
  const parts = partsOf(text, true).map((part) => (part.label === undefined ? part.text : hidden(part.label)));
  return h("code", { class: className || undefined }, ...parts);
}

/** Words for those who do not see the picture beside them. */
export function spoken(text: string): El {
  return h("span.sr", {}, text);
}

/** Calls back when something happens to an element. */
export function on(element: El, type: string, listener: (event: Ev) => void): El {
  element.addEventListener(type, listener);
  return element;
}

/** Replaces what is in an element. */
export function fill(element: El, ...children: readonly Child[]): El {
  element.replaceChildren(...children.flatMap(nodesOf));
  return element;
}

/** A button. */
export function button(className: string, onClick: () => void, ...children: readonly Child[]): El {
  return on(h("button", { type: "button", class: className }, ...children), "click", onClick);
}

/** A button that gives way to what it promises; the focus goes there too. */
export function revealing(className: string, label: string, draw: () => readonly Child[], tag = "div"): El {
  const reveal = () => {
    fill(box, ...draw());
    box.focus();
  };
  const box = h(`${tag}.revealing`, { tabindex: -1 }, button(className, reveal, label));
  return box;
}

/** A table: its headings, and a body that is filled. */
export function table(className: string, columns: readonly Child[], body: El): El {
  const heading = (column: Child) => (isHeading(column) ? column : h("th", { scope: "col" }, column));
  return h("table", { class: className }, h("thead", {}, h("tr", {}, ...columns.map(heading))), body);
}

/** Something wide, that scrolls by itself and by keyboard. */
export function scrolling(label: string, ...children: readonly Child[]): El {
  return h("div.scroll", { tabindex: 0, role: "region", "aria-label": label }, ...children);
}

/** For example `1 object`, `10,000 objects`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${digits(number)} ${number === 1 ? one : many}`;
}

/** A number with its thousands apart. */
export function digits(number: number): string {
  return number.toLocaleString("en-US");
}

function isHeading(child: Child): boolean {
  return typeof child === "object" && child.tagName === "TH";
}

function nodesOf(child: Child): readonly (El | Text)[] {
  if (child === undefined || child === false) return [];
  if (typeof child !== "string") return [child];
  return partsOf(child).map((part) => (part.label === undefined ? textOf(part.text) : hidden(part.label)));
}

function filled(element: El, classes: readonly string[], attributes: Attributes, nodes: readonly (El | Text)[]): El {
  if (classes.length > 0) element.setAttribute("class", classes.join(" "));
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (key === "href" && !/^(#|https:\/\/)/.test(`${value}`)) continue;
    element.setAttribute(key, value === true ? "" : plain(`${value}`));
  }
  element.append(...nodes);
  return element;
}

function textOf(text: string): Text {
  return browser.document.createTextNode(text);
}

/** The box that stands for a character that nobody would see. */
function hidden(label: string): El {
  const box = browser.document.createElement("span");
  box.className = "hidden-character";
  box.append(textOf(label));
  return box;
}
