import { browser, type El, type Ev, type Watcher } from "./dom";
import { fill, h, on } from "./elements";

/** What a long list needs to know. */
export interface WindowedOptions<T> {
  /** Name of the list, for those who do not see it. */
  readonly label: string;
  /** About how high an item is, in pixels, before it has been drawn. */
  readonly height: number;
  /** Draws an item; its first child is what takes the focus. */
  readonly draw: (item: T) => El;
  /** A key that the list itself does not know, on an item. */
  readonly onKey: (event: Ev, item: T) => void;
}

/** A list that draws only what is near to what is seen, whatever its length. */
export interface Windowed<T> {
  readonly element: El;
  show(items: readonly T[]): void;
  /** Draws an item anew. */
  readonly redraw: (item: T) => void;
  /** Goes to an item. */
  focus(item: T, block?: "nearest" | "start"): void;
  /** Goes to the item that was last gone to, or the first. */
  readonly enter: () => void;
  /** Draws as many items as paper should have; true if that is all of them. */
  readonly print: (most: number) => boolean;
}

/** Items that are drawn and dropped together. */
const BLOCK = 25;

/** How far beyond the edges of the window items are drawn. */
const MARGIN = "1200px 0px";

/** Makes a long list: blocks of items that are drawn when they come near, and hold their height when they are dropped. */
export function windowed<T>({ label, height, draw, onKey }: WindowedOptions<T>): Windowed<T> {
  const element = h("div", { role: "list", class: "list", "aria-label": label });
  let items: readonly T[] = [];
  let blocks: readonly El[] = [];
  let at = new Map<T, number>();
  let current = 0;
  let watcher: Watcher | undefined;

  const blockOf = (index: number) => blocks[Math.floor(index / BLOCK)];
  const itemAt = (index: number) => blockOf(index)?.children[index % BLOCK];
  const stopAt = (index: number) => itemAt(index)?.firstElementChild ?? undefined;

  const drawn = (index: number): El => {
    const item = draw(items[index] as T);
    item.setAttribute("role", "listitem");
    item.setAttribute("aria-setsize", `${items.length}`);
    item.setAttribute("aria-posinset", `${index + 1}`);
    item.setAttribute("data-index", `${index}`);
    if (item.firstElementChild) item.firstElementChild.tabIndex = index === current ? 0 : -1;
    return item;
  };

  const raise = (block: El) => {
    if (block.firstElementChild) return;
    const first = blocks.indexOf(block) * BLOCK;
    const last = Math.min(first + BLOCK, items.length);
    const children: El[] = [];
    for (let index = first; index < last; index++) children.push(drawn(index));
    fill(block, ...children);
    block.style.setProperty("height", "auto");
  };

  const drop = (block: El, measured: number) => {
    if (!block.firstElementChild || measured === 0 || block.contains(browser.document.activeElement)) return;
    block.style.setProperty("height", `${measured}px`);
    fill(block);
  };

  /** Moves the one tab stop of the list. */
  const stop = (index: number) => {
    const before = stopAt(current);
    if (before) before.tabIndex = -1;
    current = index;
    const now = stopAt(current);
    if (now) now.tabIndex = 0;
  };

  const go = (index: number, where: "nearest" | "start") => {
    const block = blockOf(index);
    if (!block) return;
    raise(block);
    stop(index);
    stopAt(index)?.focus({ preventScroll: true });
    itemAt(index)?.scrollIntoView({ block: where });
  };

  const indexOf = (target: El) => Number(target.closest("[data-index]")?.getAttribute("data-index") ?? -1);

  on(element, "focusin", ({ target }) => {
    const index = indexOf(target);
    if (index >= 0 && index !== current) stop(index);
  });
  on(element, "keydown", (event) => {
    const index = indexOf(event.target);
    if (index < 0 || event.target !== stopAt(index) || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = nextOf(event.key, index, items.length - 1);
    if (next === undefined) return onKey(event, items[index] as T);
    event.preventDefault();
    if (next >= 0 && next < items.length) go(next, "nearest");
  });

  return {
    element,
    show(shown) {
      items = shown;
      at = new Map(items.map((item, index) => [item, index]));
      current = 0;
      watcher?.disconnect();
      watcher = new browser.IntersectionObserver(
        (sightings) => {
          for (const { target, isIntersecting, boundingClientRect } of sightings) {
            if (isIntersecting) raise(target);
            else drop(target, boundingClientRect.height);
          }
          // Tab must always lead into the list, even when its stop has been dropped.
          const seen = stopAt(current) ? undefined : sightings.find((sighting) => sighting.isIntersecting);
          if (seen) stop(blocks.indexOf(seen.target) * BLOCK);
        },
        { rootMargin: MARGIN },
      );
      blocks = Array.from({ length: Math.ceil(items.length / BLOCK) }, (_, index) => {
        const block = h("div", { role: "none", class: "block" });
        block.style.setProperty("height", `${Math.min(BLOCK, items.length - index * BLOCK) * height}px`);
        return block;
      });
      fill(element, ...blocks);
      for (const block of blocks.slice(0, 2)) raise(block);
      for (const block of blocks) watcher.observe(block);
    },
    redraw(item) {
      const index = at.get(item);
      const old = index === undefined ? undefined : itemAt(index);
      if (index === undefined || !old) return;
      const hadFocus = old.contains(browser.document.activeElement);
      const fresh = drawn(index);
      fill(old, ...Array.from(fresh.children));
      if (hadFocus) stopAt(index)?.focus({ preventScroll: true });
    },
    focus: (item, where = "nearest") => go(at.get(item) ?? -1, where),
    enter: () => go(Math.min(current, items.length - 1), "nearest"),
    print(most) {
      const printed = Math.ceil(most / BLOCK);
      for (const block of blocks.slice(0, printed)) raise(block);
      blocks.forEach((block, index) => {
        block.hidden = index >= printed && most > 0;
      });
      return printed >= blocks.length;
    },
  };
}

/** Where a key leads in a list; undefined if it is none of those that move. */
function nextOf(key: string, index: number, last: number): number | undefined {
  switch (key) {
    case "ArrowDown":
    case "j":
      return index + 1;
    case "ArrowUp":
    case "k":
      return index - 1;
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return undefined;
  }
}
