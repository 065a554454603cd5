/** An element of an XML document. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Reads the XML that needs no declarations, strictly: throws on all that is not well formed. */
export function parseXml(source: string): Element {
  if (/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(source))
    throw new Error("forbidden character");
  const body = source.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const token = /<(\/?)([A-Za-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  let end = 0;
  for (const match of body.matchAll(token)) {
    const [, closing, name = "", attributes = "", empty, text] = match;
    const parent = open.at(-1) ?? root;
    if (text !== undefined) parent.text += decoded(text);
    else if (closing === "/") {
      if (open.pop()?.name !== name) throw new Error(`${name} closes something else`);
    } else {
      const element: Element = { name, attributes: attributesIn(attributes), children: [], text: "" };
      parent.children.push(element);
      if (empty !== "/") open.push(element);
    }
    end = match.index + match[0].length;
  }
  const [only] = root.children;
  if (end !== body.length || open.length !== 1 || root.children.length !== 1 || !only) {
    throw new Error(`not well formed near ${JSON.stringify(body.slice(end, end + 40))}`);
  }
  return only;
}

/** All text of an element and those inside it. */
export function textsOf({ text, children }: Element): string {
  return text + children.map(textsOf).join("");
}

function attributesIn(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, decoded(value)]),
  );
}

function decoded(text: string): string {
  if (/&(?!(?:#\d+|[a-z]+);)/.test(text)) throw new Error(`bare & in ${text}`);
  return text.replace(/&(#(\d+)|[a-z]+);/g, (_, name: string, code?: string) => {
    const character = code === undefined ? ENTITIES[name] : String.fromCodePoint(Number(code));
    if (character === undefined) throw new Error(`unknown entity ${name}`);
    return character;
  });
}
