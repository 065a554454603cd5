/**
 * The part of the browser that the page uses, and no more of it. Nothing here parses text as markup, runs text as code or fetches
 * anything, so the compiler keeps a stranger's text from becoming more than text.
 */

/** An element. Members of form fields are there on every element, for brevity. */
export interface El {
  textContent: string | null;
  className: string;
  hidden: boolean;
  tabIndex: number;
  value: string;
  checked: boolean;
  open: boolean;
  scrollTop: number;
  readonly children: ArrayLike<El>;
  readonly firstElementChild: El | null;
  readonly isConnected: boolean;
  readonly offsetHeight: number;
  readonly tagName: string;
  readonly classList: { toggle(name: string, force?: boolean): void };
  readonly style: { setProperty(name: string, value: string): void };
  append(...children: readonly (El | Text)[]): void;
  replaceChildren(...children: readonly (El | Text)[]): void;
  remove(): void;
  contains(other: El | null): boolean;
  closest(selector: string): El | null;
  querySelector(selector: string): El | null;
  querySelectorAll(selector: string): Iterable<El>;
  setAttribute(name: string, value: string): void;
  getAttribute(name: string): string | null;
  addEventListener(type: string, listener: (event: Ev) => void): void;
  getBoundingClientRect(): { readonly top: number; readonly bottom: number; readonly height: number };
  scrollIntoView(options: { readonly block: "nearest" | "start" | "center" }): void;
  focus(options?: { readonly preventScroll: boolean }): void;
  showModal(): void;
  close(): void;
}

/** A piece of text in an element. */
export interface Text {
  readonly data: string;
}

/** What happened. */
export interface Ev {
  readonly target: El;
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

/** Says when elements come near what is seen. */
export interface Watcher {
  observe(element: El): void;
  disconnect(): void;
}

/** What a watcher saw of an element. */
export interface Sighting {
  readonly target: El;
  readonly isIntersecting: boolean;
  readonly boundingClientRect: { readonly height: number };
}

interface MediaQuery {
  readonly matches: boolean;
}

interface Browser {
  readonly document: {
    readonly documentElement: El;
    readonly body: El;
    readonly activeElement: El | null;
    createElement(tag: string): El;
    createElementNS(namespace: string, tag: string): El;
    createTextNode(text: string): Text;
    getElementById(id: string): El | null;
    addEventListener(type: string, listener: (event: Ev) => void): void;
  };
  readonly location: { hash: string };
  readonly localStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void };
  readonly IntersectionObserver: new (
    callback: (sightings: readonly Sighting[]) => void,
    options: { readonly rootMargin: string },
  ) => Watcher;
  addEventListener(type: string, listener: (event: Ev) => void): void;
  matchMedia(query: string): MediaQuery;
  scrollTo(options: { readonly top: number }): void;
  setTimeout(callback: () => void, milliseconds: number): number;
  clearTimeout(timer: number | undefined): void;
}

/** The browser that the page runs in. Outside of one nothing may be read from it. */
export const browser = globalThis as unknown as Browser;
